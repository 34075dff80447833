// What waits for the user, in words: the status line, its tooltip, and the steps it offers.
import type { SpecStatus, Stage, State } from './contract';
import { ours } from './specs';

export interface Step {
  label: string;
  description: string;
  command: string;
  argument: Record<string, unknown>;
}

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const staleStages = (spec: SpecStatus): Stage[] => spec.stages.filter((stage) => stage.state === 'stale');
const running = (state: State) => state.jobs.filter((job) => job.state === 'running' || job.state === 'queued');

/** Text of the status bar item, with icons; `undefined` when there is nothing to say, and then it is hidden. */
export function statusText(state: State): string | undefined {
  const jobs = running(state).length;
  if (state.specs.length === 0 && jobs === 0) return undefined;
  const decisions = state.specs.reduce((sum, spec) => sum + spec.decisions.length, 0);
  const stale = state.specs.reduce((sum, spec) => sum + staleStages(spec).length, 0);
  const parts = [
    jobs > 0 ? `$(sync~spin) ${plural(jobs, 'job')}` : '',
    decisions > 0 ? `$(question) ${plural(decisions, 'decision')}` : '',
    stale > 0 ? `$(warning) ${stale} stale` : '',
  ].filter((part) => part !== '');
  return ['$(compass) Rutter', ...parts].join(' ');
}

/** One line a spec, then one a job. */
export function tooltip(state: State): string {
  const specs = state.specs.map((spec) => {
    const parts = spec.read_only ? [`${spec.workflow ?? 'another tool'}, read only`] : spec.stages.map((stage) => `${stage.stage} ${stage.state}`);
    if (spec.decisions.length > 0) parts.push(plural(spec.decisions.length, 'open decision'));
    if (spec.tasks && spec.tasks.total > 0) parts.push(`${spec.tasks.done} of ${plural(spec.tasks.total, 'task')} done`);
    return `${spec.spec}: ${parts.join(', ')}`;
  });
  return [...specs, ...running(state).map((job) => `${job.title}: ${job.state}`)].join('\n');
}

/** The steps the user can take now, in the order of the specs. Opening a decision goes by the shim's own list of choices. */
export function nextSteps(state: State): Step[] {
  const steps = ours(state.specs).flatMap((spec) => specSteps(spec));
  for (const job of running(state)) {
    steps.push({ label: `Cancel: ${job.title}`, description: job.state, command: 'rutter.cancel', argument: { job: job.id } });
  }
  return steps;
}

function specSteps({ spec, stages, decisions }: SpecStatus): Step[] {
  const steps: Step[] = decisions.map((decision) => ({
    label: `Decide: ${decision.text}`, description: spec, command: 'rutter.ui.decide', argument: { spec, decision: decision.id },
  }));
  const approve = (label: string, { stage, items }: Stage): Step => ({
    label, description: items && items.length > 0 ? `${spec}, changed: ${items.join(', ')}` : spec, command: 'rutter.approve', argument: { spec, stage },
  });
  for (const stage of stages.filter(({ state }) => state === 'stale')) steps.push(approve(`Approve the changed ${stage.stage}`, stage));
  const first = stages.find((stage) => stage.state === 'draft' || stage.state === 'missing');
  if (first?.state === 'draft') steps.push(approve(`Approve the ${first.stage}`, first));
  if (first?.state === 'missing' && stages.slice(0, stages.indexOf(first)).every((stage) => stage.state === 'approved')) {
    steps.push({ label: `Draft the ${first.stage}`, description: spec, command: 'rutter.nextStage', argument: { spec } });
  }
  return steps;
}
