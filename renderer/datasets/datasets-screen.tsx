import { Button, Skeleton } from '@mantine/core';
import { Database, Target } from 'lucide-react';
import { useEffect, useState } from 'react';
import { isPermitted } from '../../shared/people/permissions';
import type { AppError } from '../../shared/result/app-error';
import type { Project } from '../../shared/schema/project';
import { useRoute, useServices } from '../app/services';
import { EmptyNotice } from '../components/empty-notice';
import { ErrorNotice } from '../components/error-notice';
import { useProject } from '../components/use-project';
import { useIsMeasured } from '../quality/answers/use-is-measured';
import styles from './datasets.module.css';
import { PublishPanel } from './publish-panel';
import { type Survey, surveyProject } from './survey';
import { useVersions } from './use-versions';
import { VersionDetail } from './version-detail';
import { VersionList } from './version-list';

/** Publish the project as an immutable version, look at what changed, and export. */
export default function DatasetsScreen() {
  const { projectId } = useRoute();
  const state = useProject(projectId);
  if (state.kind === 'failed') {
    return <ErrorNotice title="The project could not be read" message={state.error.message} />;
  }
  if (state.kind === 'loading') return <Loading />;
  return <MayOpen project={state.project} />;
}

/** Versions hold the labels of pictures that somebody is to label as if nobody had. */
function MayOpen({ project }: { readonly project: Project }) {
  const { navigation } = useServices();
  const isMeasured = useIsMeasured(project.id);
  if (isMeasured === null) return <Loading />;
  if (!isMeasured) return <Datasets project={project} />;
  return (
    <EmptyNotice
      icon={<Target size={20} />}
      title="Dataset versions are for reviewers here"
      message="Labels in this project are measured against pictures whose labels are known. Versions would show these, so reviewers, leads and admins open them."
    >
      <Button size="xs" onClick={() => navigation.go({ screen: 'label' })}>
        Label images
      </Button>
    </EmptyNotice>
  );
}

function Loading() {
  return (
    <div className={styles.loading} aria-busy="true">
      <Skeleton height={320} width={360} />
      <Skeleton height={320} />
    </div>
  );
}

function Datasets({ project }: { readonly project: Project }) {
  const { survey, error } = useSurvey(project);
  const versions = useVersions(project.id);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const mayPublish = isPermitted(useServices().persistence.session()?.role ?? 'labeller', 'version.publish');
  const selected = versions.list?.find((version) => version.id === selectedId) ?? versions.list?.[0] ?? null;
  return (
    <div className={styles.screen} data-is-looked-at={!mayPublish || undefined}>
      {mayPublish && (
        <PublishPanel
          project={project}
          survey={survey}
          surveyError={error}
          onPublished={(id) => {
            setSelectedId(id);
            void versions.reload();
          }}
        />
      )}
      <div className={styles.versions}>
        <header className={styles.head}>
          <h1>Dataset versions</h1>
          <span className="dim">{project.name}</span>
        </header>
        {versions.error !== null && (
          <ErrorNotice title="The lake could not be read" message={versions.error.message} />
        )}
        {versions.list === null && versions.error === null && <Skeleton height={160} m={16} />}
        {versions.list?.length === 0 && (
          <EmptyNotice
            icon={<Database size={20} />}
            title="No versions yet"
            message={`A version freezes images, annotations and splits under an id made from their content. ${
              mayPublish ? 'Publish the first one on the left.' : 'Leads and admins publish them.'
            }`}
          />
        )}
        {versions.list !== null && versions.list.length > 0 && (
          <VersionList versions={versions.list} selectedId={selected?.id ?? null} onSelect={setSelectedId} />
        )}
        {selected !== null && versions.list !== null && (
          <VersionDetail
            key={selected.id}
            version={selected}
            versions={versions.list}
            schema={project.schema}
          />
        )}
      </div>
    </div>
  );
}

interface SurveyState {
  readonly survey: Survey | null;
  readonly error: AppError | null;
}

/** Counted anew when the project's images or annotations changed; the old figures stay on screen meanwhile. */
function useSurvey(project: Project): SurveyState {
  const { persistence } = useServices();
  const [survey, setSurvey] = useState<SurveyState>({ survey: null, error: null });
  const [version, setVersion] = useState(0);
  const { id, sources } = project;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = persistence.images.observe(id, () => {
      clearTimeout(timer);
      timer = setTimeout(() => setVersion((before) => before + 1), 500);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [persistence, id]);
  // `version` stands for the content of the database, which no dependency list can name.
  useEffect(() => {
    const stop = new AbortController();
    void version;
    const sourceNames = new Map<string, string>(sources.map((source) => [source.id, source.displayName]));
    void surveyProject(persistence, id, sourceNames, stop.signal).then((read) => {
      if (stop.signal.aborted) return;
      setSurvey(read.ok ? { survey: read.value, error: null } : { survey: null, error: read.error });
    });
    return () => stop.abort();
  }, [persistence, id, sources, version]);
  return survey;
}
