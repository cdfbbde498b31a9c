import { Button, Group, Modal, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { SCHEMA_TEMPLATES, type SchemaTemplateId } from '../../shared/templates';
import { paletteColor } from '../../shared/templates/palette';
import { useServices } from '../app/services';
import { createProjectFromTemplate } from './create-project';
import styles from './start.module.css';

/** Name and label schema of a new project, and optionally its first folder in the same go. */
export function NewProjectDialog(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title="New project"
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Form onClose={props.onClose} />
    </Modal>
  );
}

function Form({ onClose }: { readonly onClose: () => void }) {
  const { imports, navigation, persistence } = useServices();
  const [name, setName] = useState('');
  const [templateId, setTemplateId] = useState<SchemaTemplateId>('road-scene');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const create = async (withFolder: boolean) => {
    if (name.trim() === '') return setProblem('Give the project a name.');
    setIsBusy(true);
    const created = await createProjectFromTemplate(persistence, name, templateId);
    setIsBusy(false);
    if (!created.ok) return setProblem(created.error.message);
    onClose();
    navigation.go({ screen: 'label', projectId: created.value.id });
    if (withFolder) await imports.addFolder(created.value.id);
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void create(true);
      }}
    >
      <TextInput
        label="Name"
        data-autofocus
        maxLength={200}
        value={name}
        error={problem}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Radio.Group
        size="xs"
        label="Label schema to start from"
        value={templateId}
        onChange={(value) => setTemplateId(value as SchemaTemplateId)}
      >
        <div className={styles.templates}>
          {Object.entries(SCHEMA_TEMPLATES).map(([id, template]) => (
            <Radio.Card key={id} value={id} className={styles.template} aria-label={template.title}>
              <Radio.Indicator size="xs" />
              <span>
                <span className={styles.templateTitle}>
                  {template.title}
                  <span className={styles.dots} aria-hidden>
                    {template.labels.slice(0, 12).map((label, at) => (
                      <i key={label.name} style={{ background: paletteColor(at) }} />
                    ))}
                  </span>
                </span>
                <span className={styles.sub}>{template.description}</span>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={() => void create(false)} disabled={isBusy}>
          Create without images
        </Button>
        <Button type="submit" loading={isBusy}>
          Create and add a folder…
        </Button>
      </Group>
    </form>
  );
}
