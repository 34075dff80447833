import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpecStatus, Stage, State } from '../src/contract';
import { nextSteps, statusText, tooltip } from '../src/waiting';

const stage = (text: string): Stage => {
  const [name = '', state, items] = text.split(' ');
  return { stage: name, state: state as Stage['state'], ...(items && { items: items.split(',') }) };
};
const spec = (name: string, stages: string[], decisions: string[] = []): SpecStatus => ({
  spec: name, stages: stages.map(stage), decisions: decisions.map((text, index) => ({ id: `D${index + 1}`, text, choices: ['a', 'b'] })),
});
const state = (specs: SpecStatus[], jobs: State['jobs'] = []): State => ({ specs, jobs });
const labels = (specs: SpecStatus[]) => nextSteps(state(specs)).map(({ label }) => label);

test('nothing is drawn where there is no spec and no job', () => {
  assert.equal(statusText(state([])), undefined);
  assert.equal(statusText(state([], [{ id: '1', title: 'Old', state: 'done' }])), undefined);
});

test('the status line counts what waits, over all specs', () => {
  assert.equal(statusText(state([spec('a', ['requirements approved'])])), '$(compass) Rutter');
  const busy = state(
    [spec('a', ['requirements stale 1.2', 'design stale'], ['x', 'y']), spec('b', ['requirements draft'], ['z'])],
    [{ id: '1', title: 'Drafting', state: 'running' }, { id: '2', title: 'Next', state: 'queued' }, { id: '3', title: 'Past', state: 'failed' }],
  );
  assert.equal(statusText(busy), '$(compass) Rutter $(sync~spin) 2 jobs $(question) 3 decisions $(warning) 2 stale');
});

test('the tooltip has a line for each spec and each running job', () => {
  const one = { ...spec('a', ['requirements approved', 'design draft'], ['x']), tasks: { total: 3, done: 1, running: 0, optional: 0 } };
  assert.equal(tooltip(state([one, spec('b', [])], [{ id: '1', title: 'Drafting', state: 'running' }])),
    'a: requirements approved, design draft, 1 open decision, 1 of 3 tasks done\nb: \nDrafting: running');
});

test('a spec of another tool is told, and asks for nothing', () => {
  const foreign = { ...spec('auth', ['requirements draft', 'design missing']), workflow: 'openspec', read_only: true, tasks: { total: 2, done: 1, running: 0, optional: 0 } };
  assert.equal(tooltip(state([foreign])), 'auth: openspec, read only, 1 of 2 tasks done');
  assert.deepEqual(labels([foreign, spec('a', ['requirements draft'])]), ['Approve the requirements']);
});

test('steps: decisions, then what went stale, then the first draft or the next document', () => {
  assert.deepEqual(labels([spec('a', ['requirements draft', 'design missing'], ['Which?'])]), ['Decide: Which?', 'Approve the requirements']);
  assert.deepEqual(labels([spec('a', ['requirements approved', 'design missing', 'tasks missing'])]), ['Draft the design']);
  assert.deepEqual(labels([spec('a', ['requirements stale 1.2,2.1', 'design approved', 'tasks draft'])]), ['Approve the changed requirements', 'Approve the tasks']);
  assert.deepEqual(labels([spec('a', ['requirements stale', 'design missing'])]), ['Approve the changed requirements']);
  assert.deepEqual(labels([spec('a', ['requirements approved', 'design approved', 'tasks approved'])]), []);
});

test('a step names the ids that changed and carries the argument of its command', () => {
  const [step] = nextSteps(state([spec('a/b', ['requirements stale 1.2,2.1'])]));
  assert.deepEqual(step, { label: 'Approve the changed requirements', description: 'a/b, changed: 1.2, 2.1', command: 'rutter.approve', argument: { spec: 'a/b', stage: 'requirements' } });
});

test('a running job can be cancelled, a finished one not', () => {
  const steps = nextSteps(state([], [{ id: 'j1', title: 'Drafting', state: 'running' }, { id: 'j2', title: 'Past', state: 'done' }]));
  assert.deepEqual(steps.map(({ command, argument }) => [command, argument]), [['rutter.cancel', { job: 'j1' }]]);
});
