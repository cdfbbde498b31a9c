import { Button, Switch, TextInput } from '@mantine/core';
import { Download, Plus, Redo2, Tags, Undo2, Upload } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { LabelId } from '../../shared/schema/ids';
import type { Project } from '../../shared/schema/project';
import { nextPaletteColor } from '../../shared/templates/palette';
import { parseSchemaFile, serializeSchemaFile } from '../../shared/templates/schema-file';
import { useServices } from '../app/services';
import { CommandButton } from '../components/command-button';
import { EmptyNotice } from '../components/empty-notice';
import { FilterField } from '../components/filter-field';
import { plural } from '../components/quantity';
import { LabelDetail } from './label-detail';
import { LabelList } from './label-list';
import styles from './schema-editor.module.css';
import { SchemaEditsContext, useEditsOf } from './schema-edits';

export function SchemaEditor({ project }: { readonly project: Project }) {
  const { bridge, toasts } = useServices();
  const edits = useEditsOf(project);
  const { schema } = project;
  const [selectedId, setSelectedId] = useState<LabelId | null>(null);
  const [search, setSearch] = useState('');
  const [showsRetired, setShowsRetired] = useState(false);
  const [newName, setNewName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const nameField = useRef<HTMLInputElement>(null);

  const shown = useMemo(() => {
    const needle = search.trim().toLowerCase();
    return schema.labels.filter(
      (label) =>
        (showsRetired || (!label.isRetired && label.mergedIntoId === null)) &&
        (needle === '' ||
          [label.name, ...label.formerNames].some((name) => name.toLowerCase().includes(needle))),
    );
  }, [schema, search, showsRetired]);
  const hidden = schema.labels.filter((label) => label.isRetired || label.mergedIntoId !== null).length;
  // A label that undo took away must not stay open; the first one takes its place.
  const selected = schema.labels.find((label) => label.id === selectedId) ?? shown[0] ?? null;

  const add = async () => {
    const id = crypto.randomUUID() as LabelId;
    const failure = await edits.apply(
      'schema.add-label',
      { id, name: newName, color: nextPaletteColor(schema.labels.map((label) => label.color)) },
      `Add label ${newName.trim()}`,
    );
    setProblem(failure?.message ?? null);
    if (failure !== null) return;
    setNewName('');
    setSearch('');
    setSelectedId(id);
  };
  const exportFile = async () => {
    const saved = await bridge.invoke('files.saveText', {
      title: 'Export the label schema',
      suggestedName: `${project.name.replace(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 100)} labels.json`,
      extension: 'json',
      text: serializeSchemaFile(schema),
    });
    if (!saved.ok) toasts.show({ tone: 'error', message: saved.error.message });
    else if (saved.value !== null) toasts.show({ message: `Wrote ${saved.value.name}.` });
  };
  const importFile = async () => {
    const picked = await bridge.invoke('files.openText', {
      title: 'Import a label schema',
      extension: 'json',
    });
    if (!picked.ok) return void toasts.show({ tone: 'error', message: picked.error.message });
    if (picked.value === null) return;
    const adopted = parseSchemaFile(picked.value.text);
    if (!adopted.ok) {
      return void toasts.show({ tone: 'error', message: `${picked.value.name}: ${adopted.error.message}` });
    }
    const failure = await edits.apply(
      'schema.adopt-schema',
      { adopted: adopted.value },
      `Import schema ${picked.value.name}`,
    );
    toasts.show(
      failure === null
        ? {
            message: `Took over ${plural(adopted.value.labels.length, 'label')} from ${picked.value.name}. Undo takes it back.`,
          }
        : { tone: 'error', message: failure.message },
    );
  };

  return (
    <SchemaEditsContext value={edits}>
      <div className={styles.screen}>
        <header className={styles.toolbar}>
          <h1>Label schema</h1>
          <span className="dim">{project.name}</span>
          <span className={styles.gap} />
          <CommandButton commandId="edit.undo" icon={<Undo2 size={16} aria-hidden />} />
          <CommandButton commandId="edit.redo" icon={<Redo2 size={16} aria-hidden />} />
          <Button
            variant="default"
            leftSection={<Upload size={14} aria-hidden />}
            onClick={() => void importFile()}
          >
            Import…
          </Button>
          <Button
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => void exportFile()}
          >
            Export…
          </Button>
        </header>
        <div className={styles.panes}>
          <section className={styles.listPane} aria-label="Labels">
            <form
              className={styles.add}
              onSubmit={(event) => {
                event.preventDefault();
                void add();
              }}
            >
              <TextInput
                ref={nameField}
                aria-label="Name of a new label"
                placeholder="New label"
                maxLength={100}
                value={newName}
                error={problem}
                onChange={(event) => {
                  setNewName(event.currentTarget.value);
                  setProblem(null);
                }}
              />
              <Button
                type="submit"
                leftSection={<Plus size={14} aria-hidden />}
                disabled={newName.trim() === ''}
              >
                Add
              </Button>
            </form>
            <div className={styles.filter}>
              <FilterField label="Filter labels" value={search} onChange={setSearch} />
              {hidden > 0 && (
                <Switch
                  label={`Retired and merged (${hidden})`}
                  checked={showsRetired}
                  onChange={(event) => setShowsRetired(event.currentTarget.checked)}
                />
              )}
            </div>
            {schema.labels.length === 0 ? (
              <EmptyNotice
                icon={<Tags size={20} />}
                title="No labels yet"
                message="A label is a class of things to mark in pictures. Name the first one above, or import a schema."
              >
                <Button variant="default" onClick={() => nameField.current?.focus()}>
                  Name a label
                </Button>
              </EmptyNotice>
            ) : (
              <LabelList
                labels={shown}
                selectedId={selected?.id ?? null}
                onSelect={setSelectedId}
                isFiltered={search !== ''}
              />
            )}
          </section>
          {selected !== null && (
            // A new key for every label, so that no half-typed text moves on to another one.
            <LabelDetail key={selected.id} label={selected} onGoTo={setSelectedId} />
          )}
        </div>
      </div>
    </SchemaEditsContext>
  );
}
