import { Button, Modal, SegmentedControl, Table } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ConflictChoice, LabelImportPreview } from '../../shared/imports/plan-label-import';
import { useServices } from '../app/services';
import { ColorSwatch } from '../components/color-swatch';
import { plural } from '../components/quantity';
import styles from './imports.module.css';
import { type LabelProposal, planProposal } from './label-proposal';
import { ProblemLines } from './problem-lines';

const HOW: Readonly<Record<LabelImportPreview['mappings'][number]['how'], string>> = {
  name: 'same name',
  'former-name': 'an earlier name',
  synonym: 'means the same',
  new: 'new label',
};

/** Says what an import would add, where it meets earlier work, and what it could not read, before anything is stored. */
export default function LabelImportDialog({ proposal }: { readonly proposal: LabelProposal }) {
  const { imports } = useServices();
  const [choice, setChoice] = useState<ConflictChoice>('add');
  const [isApplying, setIsApplying] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const planned = useMemo(() => planProposal(proposal, choice), [proposal, choice]);
  const { preview } = planned;
  const isNothing = planned.plan.images.length === 0;

  const apply = async () => {
    setIsApplying(true);
    setFailure(null);
    const applied = await imports.applyProposal(planned);
    setIsApplying(false);
    if (!applied.ok) setFailure(applied.error.message);
  };

  return (
    <Modal
      opened
      onClose={imports.dismissProposal}
      title={`Labels found in ${proposal.sourceName}`}
      size={720}
      closeButtonProps={{ 'aria-label': 'Close without importing' }}
    >
      <div className={styles.dialog}>
        <p className={styles.lead}>
          <strong>{proposal.format.title}</strong>, {Math.round(proposal.format.confidence * 100)} % sure:{' '}
          {proposal.format.reasons.join('; ')}.
        </p>

        <dl className={styles.figures}>
          <Figure term="Annotations to add" value={preview.annotationsToAdd} isMain />
          <Figure term="Images matched" value={preview.matchedImages} />
          <Figure term="Confirmed empty" value={preview.emptyImages} />
          <Figure term="New labels" value={preview.newLabels.length} />
          <Figure
            term="Not matched"
            value={preview.unmatchedKeys.length + preview.ambiguousKeys.length}
            isWarning
          />
          <Figure term="Problems" value={proposal.labels.problemCount} isWarning />
        </dl>

        {preview.conflicts.length > 0 && (
          <section className={styles.block} aria-label="Images that have annotations already">
            <h3>{plural(preview.conflicts.length, 'image')} already with annotations</h3>
            <SegmentedControl
              aria-label="What to do with them"
              value={choice}
              onChange={(value) => setChoice(value as ConflictChoice)}
              data={[
                { value: 'add', label: 'Add to them' },
                { value: 'replace', label: 'Replace theirs' },
                { value: 'skip', label: 'Leave them as they are' },
              ]}
            />
            <p className={styles.note}>{describeChoice(choice, preview)}</p>
          </section>
        )}

        <section className={styles.block} aria-label="Labels">
          <h3>Labels</h3>
          <div className={styles.scroll}>
            <Table aria-label="How the file's classes become labels">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>In the file</Table.Th>
                  <Table.Th>In this project</Table.Th>
                  <Table.Th>Found by</Table.Th>
                  <Table.Th className="numeric">Annotations</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {preview.mappings.map((mapping) => {
                  const label = planned.plan.schemaAfter.labels.find((one) => one.id === mapping.labelId);
                  return (
                    <Table.Tr key={mapping.importedClass.classIndex}>
                      <Table.Td>{mapping.importedClass.name}</Table.Td>
                      <Table.Td>
                        <ColorSwatch color={label?.color ?? '#808080'} /> {label?.name}
                      </Table.Td>
                      <Table.Td className="dim">{HOW[mapping.how]}</Table.Td>
                      <Table.Td className="numeric">{mapping.annotations.toLocaleString('en')}</Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </div>
          {preview.newAttributes.length > 0 && (
            <p className={styles.note}>New attributes: {preview.newAttributes.join(', ')}.</p>
          )}
        </section>

        <ProblemLines
          title="What to look at"
          lines={[
            ...(preview.outsidePicture > 0
              ? [
                  {
                    place: '',
                    reason: `${plural(preview.outsidePicture, 'annotation')} lie outside their picture. They are imported as they are and marked by the checks.`,
                  },
                ]
              : []),
            ...preview.ambiguousKeys.map((place) => ({
              place,
              reason:
                'Fits more than one image of the project; not imported. Keep the folders of the dataset as they were.',
            })),
            ...preview.unmatchedKeys.map((place) => ({
              place,
              reason: 'No image of that name is in the project; not imported. Add the folder that holds it.',
            })),
            ...proposal.labels.problems.map((problem) => ({
              place: problem.line === null ? problem.path : `${problem.path}:${problem.line}`,
              reason: problem.message,
            })),
          ]}
        />

        {failure !== null && (
          <p className={styles.failure} role="alert">
            {failure}
          </p>
        )}
        <div className={styles.actions}>
          <span className="dim">
            {isNothing
              ? 'There is nothing to import with this choice.'
              : 'One change; Undo takes all of it back.'}
          </span>
          <Button variant="default" onClick={imports.dismissProposal}>
            Do not import
          </Button>
          <Button data-autofocus onClick={() => void apply()} disabled={isNothing} loading={isApplying}>
            {importWords(preview)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Figure(props: {
  readonly term: string;
  readonly value: number;
  readonly isMain?: boolean;
  readonly isWarning?: boolean;
}) {
  return (
    <div
      data-main={props.isMain}
      data-warning={props.isWarning === true && props.value > 0 ? true : undefined}
    >
      <dt>{props.term}</dt>
      <dd>{props.value.toLocaleString('en')}</dd>
    </div>
  );
}

function importWords(preview: LabelImportPreview): string {
  if (preview.annotationsToAdd > 0) return `Import ${plural(preview.annotationsToAdd, 'annotation')}`;
  return preview.emptyImages > 0 ? `Import ${plural(preview.emptyImages, 'empty image')}` : 'Import';
}

function describeChoice(choice: ConflictChoice, preview: LabelImportPreview): string {
  const existing = preview.conflicts.reduce((sum, conflict) => sum + conflict.existing, 0);
  switch (choice) {
    case 'add':
      return preview.duplicates > 0
        ? `${plural(preview.duplicates, 'annotation')} that are there already are left out; the others are added.`
        : 'Theirs are kept and the imported ones are added.';
    case 'replace':
      return `${plural(existing, 'annotation')} of these images give way to the imported ones. Undo brings them back.`;
    case 'skip':
      return 'Nothing is imported for these images.';
  }
}
