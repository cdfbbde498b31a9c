import { lazy, Suspense, useEffect } from 'react';
import { useObservable } from '../app/observable';
import { useRoute, useServices } from '../app/services';
import { createProjectFromTemplate } from '../start/create-project';

const LabelImportDialog = lazy(() => import('./label-import-dialog'));
const LabelQuestionDialog = lazy(() => import('./label-question-dialog'));
const ProblemDrawer = lazy(() => import('./problem-drawer'));

/** What imports need on every screen: dropped files, the preview of labels, the problem list. Renders nothing by itself. */
export function ImportsHost() {
  const services = useServices();
  const { bridge, imports, navigation, persistence, toasts } = services;
  const { projectId } = useRoute();
  const state = useObservable(imports.state);
  const { proposal, question } = useObservable(imports.labels.state);

  useEffect(() => {
    if (projectId !== null) void imports.inspectProject(projectId);
  }, [imports, projectId]);

  useEffect(
    () =>
      bridge.subscribe('grants.dropped', async ({ grants }) => {
        const [first] = grants;
        if (first === undefined) return;
        let target = navigation.route.get().projectId;
        if (target === null) {
          const created = await createProjectFromTemplate(persistence, first.displayName, 'road-scene');
          if (!created.ok) return void toasts.show({ tone: 'error', message: created.error.message });
          target = created.value.id;
          toasts.show({ message: `Made the project “${created.value.name}” for what you dropped.` });
        }
        navigation.go({ screen: 'label', projectId: target });
        for (const grant of grants) await imports.addGrant(target, grant);
      }),
    [bridge, imports, navigation, persistence, toasts],
  );

  return (
    <Suspense fallback={null}>
      {proposal !== null && <LabelImportDialog key={proposal.request.formatId} proposal={proposal} />}
      {proposal === null && question !== null && <LabelQuestionDialog question={question} />}
      {state.problemsOf !== null && <ProblemDrawer projectId={state.problemsOf} />}
    </Suspense>
  );
}
