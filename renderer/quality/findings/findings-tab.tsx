import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { CircleCheck, Eye } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { isPermitted } from '../../../shared/people/permissions';
import type { RuleId } from '../../../shared/rules';
import type { RuleSettings } from '../../../shared/rules/annotations/finding';
import type { RuleSetting } from '../../../shared/rules/rule';
import type { Project } from '../../../shared/schema/project';
import { useObservable } from '../../app/observable';
import { useServices } from '../../app/services';
import { EmptyNotice } from '../../components/empty-notice';
import { ErrorNotice } from '../../components/error-notice';
import { count, plural } from '../../components/quantity';
import type { FindingFilter, FindingStatus, ListedFinding } from '../../findings/finding-messages';
import { FindingActions } from './finding-actions';
import { FindingList } from './finding-list';
import styles from './findings.module.css';
import { measureLooks } from './measure-looks';
import { RuleList } from './rule-list';
import { RuleSettingsForm } from './rule-settings-form';
import { type OpenFindings, useProjectFindings } from './use-project-findings';

/** What the rules say of the whole project: by rule, with fixes and waivers, and how each rule is set. */
export function FindingsTab({ project }: { readonly project: Project }) {
  const { open, again } = useProjectFindings(project);
  if (open === null) return <Waiting />;
  if (open.status.kind === 'failed') {
    return (
      <ErrorNotice title="The project could not be checked" message={open.status.error.message}>
        <Button size="xs" variant="default" onClick={again}>
          Check it again
        </Button>
      </ErrorNotice>
    );
  }
  return <Findings project={project} open={open} status={open.status} />;
}

function Waiting() {
  return (
    <div className={styles.waiting} aria-busy="true">
      <Skeleton height={240} />
    </div>
  );
}

function Findings(props: {
  readonly project: Project;
  readonly open: OpenFindings;
  readonly status: Exclude<FindingStatus, { kind: 'failed' }>;
}) {
  const { project, open, status } = props;
  const services = useServices();
  const { rules, persistence, toasts, navigation } = services;
  const settings = useObservable(rules.settings);
  const role = persistence.session()?.role ?? 'labeller';
  const [ruleId, setRuleId] = useState<RuleId | null>(null);
  const [showsWaived, setShowsWaived] = useState(false);
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<ListedFinding | null>(null);
  const filter = useMemo<FindingFilter>(() => ({ ruleId, isWaived: showsWaived }), [ruleId, showsWaived]);
  const source = useFindingRows(open, filter);
  const onActive = useCallback((index: number, row: ListedFinding | null) => {
    setActive(index);
    setChosen(row);
  }, []);
  const choose = (next: Partial<FindingFilter>) => {
    if (next.ruleId !== undefined) setRuleId(next.ruleId);
    if (next.isWaived !== undefined) setShowsWaived(next.isWaived);
    setActive(0);
    setChosen(null);
  };
  const setRule = async (id: RuleId, setting: RuleSetting | undefined) => {
    const { [id]: _, ...others } = settings;
    const next: RuleSettings = setting === undefined ? others : { ...others, [id]: setting };
    const done = await rules.change(project.id, next);
    if (!done.ok) toasts.show({ tone: 'error', message: done.error.message });
  };
  const show = ({ finding, image }: ListedFinding) => {
    if (image === null) return;
    navigation.go({ screen: 'label', imageId: image.id, annotationId: finding.annotationIds[0] ?? null });
  };
  const total = source?.total ?? 0;
  const shown = total === 0 ? null : chosen;
  return (
    <div className={styles.tab}>
      <div className={styles.side}>
        <SegmentedControl
          size="xs"
          aria-label="Which findings"
          value={showsWaived ? 'waived' : 'open'}
          onChange={(value) => choose({ isWaived: value === 'waived' })}
          data={[
            { value: 'open', label: 'Open' },
            { value: 'waived', label: 'Waived' },
          ]}
        />
        <RuleList
          counts={status.counts}
          settings={settings}
          showsWaived={showsWaived}
          chosen={ruleId}
          onChoose={(id) => choose({ ruleId: id })}
        />
        <Progress
          status={status}
          onMeasure={() => void measureLooks(services, project).then(() => open.findings.looksChanged())}
        />
      </div>
      <div className={styles.main}>
        {source === null ? (
          <Waiting />
        ) : total === 0 ? (
          <Nothing status={status} showsWaived={showsWaived} />
        ) : (
          <>
            <FindingActions
              project={project}
              findings={open.findings}
              filter={filter}
              total={total}
              chosen={shown}
              mayWaive={isPermitted(role, 'finding.waive')}
              onOpen={show}
            />
            <FindingList
              key={`${ruleId} ${showsWaived}`}
              source={source}
              version={open.version}
              active={Math.min(active, total - 1)}
              onActive={onActive}
              onOpen={show}
            />
          </>
        )}
      </div>
      {ruleId !== null && (
        <div className={styles.settings}>
          <RuleSettingsForm
            key={ruleId}
            ruleId={ruleId}
            setting={settings[ruleId]}
            schema={project.schema}
            isReadOnly={!isPermitted(role, 'review.setUp')}
            onChange={(setting) => void setRule(ruleId, setting)}
          />
        </div>
      )}
    </div>
  );
}

/** Rows of a filter; null until it is known how many there are. The old ones stay while new ones are counted. */
function useFindingRows({ findings, version, status }: OpenFindings, filter: FindingFilter) {
  const [total, setTotal] = useState<{ readonly filter: FindingFilter; readonly total: number } | null>(null);
  const { kind } = status;
  useEffect(() => {
    // Counted anew when findings changed, and now and then while they come.
    void version;
    void kind;
    let isCurrent = true;
    void findings.total(filter).then((answer) => {
      if (isCurrent && answer.ok) setTotal({ filter, total: answer.value });
    });
    return () => {
      isCurrent = false;
    };
  }, [findings, version, kind, filter]);
  const known = total?.filter === filter ? total.total : null;
  return useMemo(
    () =>
      known === null
        ? null
        : {
            total: known,
            window: async (from: number, to: number) => {
              const answer = await findings.window(filter, from, to);
              return answer.ok ? answer.value : [];
            },
          },
    [findings, filter, known],
  );
}

function Nothing(props: {
  readonly status: Exclude<FindingStatus, { kind: 'failed' }>;
  readonly showsWaived: boolean;
}) {
  if (props.status.kind === 'checking') return <Waiting />;
  return props.showsWaived ? (
    <EmptyNotice
      icon={<Eye size={20} />}
      title="Nothing is waived"
      message="A finding that is right as it is can be waived with a reason; it is then listed here and holds up nothing."
    />
  ) : (
    <EmptyNotice
      icon={<CircleCheck size={20} />}
      title="The rules have nothing to say"
      message="Every object of the project passed the rules that are switched on. What is labelled from now on is checked as it is drawn."
    />
  );
}

function Progress(props: {
  readonly status: Exclude<FindingStatus, { kind: 'failed' }>;
  readonly onMeasure: () => void;
}) {
  const { status } = props;
  if (status.kind === 'checking') {
    return (
      <p className={styles.progress} role="status">
        Checking… {count(status.images)} of {plural(status.totalImages, 'image')},{' '}
        {plural(status.objects, 'object')}
      </p>
    );
  }
  return (
    <div className={styles.progress}>
      <span role="status">
        {plural(status.objects, 'object')} in {plural(status.totalImages, 'image')} checked.
        {status.damaged > 0 &&
          ` The labels of ${plural(status.damaged, 'image')} are damaged and were left out.`}
      </span>
      {status.withoutLook > 0 && (
        <>
          <span>
            {plural(status.withoutLook, 'picture')} {status.withoutLook === 1 ? 'was' : 'were'} not looked at
            yet, so look-alikes are not known.
          </span>
          <Button size="compact-xs" variant="default" onClick={props.onMeasure}>
            Look for look-alikes
          </Button>
        </>
      )}
    </div>
  );
}
