// The whole shim over a real client and a real process: only the editor and the server's wits are faked.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { activate, deactivate } from '../src/extension';
import { commandNames, configurationChanged, drawn, seen, settings, Uri, user, vscode } from './fake/vscode';

const SERVER = path.resolve('test/fake/rutter');
const SPEC = 'file:///w/.kiro/specs/login/';
const choices = ['5', '10'].map((label, index) => ({ label, kind: 'choice', command: 'rutter.decide', argument: { spec: `${SPEC}requirements.md`, decision: 'D1', choice: index + 1 } }));
const state = {
  specs: [
    { spec: 'login', stages: [{ stage: 'requirements', state: 'draft' }, { stage: 'design', state: 'missing' }] },
    { spec: 'search', stages: [{ stage: 'requirements', state: 'approved' }, { stage: 'design', state: 'missing' }] },
  ],
  view: {
    summary: [{ kind: 'job', text: '1 job' }, { kind: 'decision', text: '1 decision' }],
    sections: [
      { id: 'jobs', title: 'Running', items: [{ label: 'Drafting search', detail: '40%', kind: 'job', items: [{ label: 'Cancel', kind: 'cancel', command: 'rutter.cancel', argument: { job: 'j1' } }] }] },
      { id: 'waits', title: 'Waits for you', items: [
        { label: 'How many tries?', detail: 'login', kind: 'decision', items: choices },
        { label: 'Draft design.md', detail: 'search', kind: 'next', command: 'rutter.nextStage', argument: { spec: 'search' } },
        { label: 'notes', detail: 'not trusted', kind: 'untrusted', open: 'file:///w/.kiro/hooks/notes.json', items: [{ label: 'Switch off', kind: 'switch', command: 'rutter.toggleHook' }] },
      ] },
      { id: 'specs', title: 'Specs', items: [{ label: 'login', detail: 'requirements draft', kind: 'spec' }] },
    ],
  },
};
const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);
const context: { extensionPath: string; subscriptions: { dispose(): void }[] } = { extensionPath: '/nowhere', subscriptions: [] };
const start = () => activate(context as never);
const received = async (): Promise<{ method: string; params: any }[]> => (await run('rutter.testLog')).received;
const commandsSent = async () => (await received()).filter(({ method, params }) => method === 'workspace/executeCommand' && !params.command.startsWith('rutter.test')).map(({ params }) => [params.command, params.arguments[0]]);
const openEditor = (name: string, selection: object = { isEmpty: true }) => {
  vscode.window.activeTextEditor = { document: { uri: Uri.parse(SPEC + name), languageId: 'markdown' }, selection };
};
const sendState = async (value: object) => {
  const done = new Promise<void>((resolve) => {
    const once = drawn.event(() => { once.dispose(); resolve(); });
  });
  await run('rutter.testState', value);
  await done;
};

beforeEach(() => {
  settings['rutter.server.path'] = SERVER;
  Object.assign(seen, { messages: [], opened: [], saved: [], picks: [], inputs: [], clipboard: '' });
  Object.assign(user, { button: undefined, picks: [], input: undefined });
  vscode.window.activeTextEditor = undefined;
  vscode.workspace.textDocuments = [];
});
afterEach(async () => {
  await deactivate();
  for (const part of context.subscriptions.splice(0)) part.dispose();
  delete process.env['FAKE_RUTTER'];
  assert.deepEqual(commandNames(), [], 'nothing stays registered');
});

test('the palette and the code name the same commands', async () => {
  await start();
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const declared = contributes.commands.map(({ command }: { command: string }) => command).sort();
  assert.deepEqual(commandNames().filter((name) => name.startsWith('rutter.ui.')), declared);
});

test('a command that this server lacks is named', async () => {
  process.env['FAKE_RUTTER'] = 'old';
  await start();
  openEditor('requirements.md');
  await run('rutter.ui.sync');
  assert.deepEqual(seen.messages.map(({ text }) => text), ['This Rutter server has no command rutter.sync. Update the server, then restart it.']);
});

test('it tells the server what it can do', async () => {
  await start();
  const [first] = await received();
  assert.equal(first?.method, 'initialize');
  assert.deepEqual(first?.params.initializationOptions, { rutter: { client: { input: true, state: true, view: true } } });
});

test('the state is drawn, and gone with the server', async () => {
  await start();
  await sendState(state);
  assert.equal(seen.bar.text, '$(compass) Rutter $(sync~spin) 1 job $(question) 1 decision');
  assert.equal(seen.bar.tooltip, 'Drafting search: 40%\nlogin: requirements draft');
  assert.ok(seen.bar.visible);
  await deactivate();
  assert.ok(!seen.bar.visible);
});

test('a new spec asks for its sentence, and what the server shows is not opened twice', async () => {
  await start();
  user.input = 'a login page';
  await run('rutter.ui.newSpec');
  assert.deepEqual(seen.inputs, [{ title: 'What should be built?', placeHolder: 'Add …', value: 'x', ignoreFocusOut: true }]);
  assert.deepEqual(seen.opened, [`${SPEC}requirements.md`]);
  assert.deepEqual(seen.messages, [{ kind: 'info', text: 'Drafted a login page.', actions: ['Undo'] }]);
});

test('a prompt called off says nothing', async () => {
  await start();
  await run('rutter.ui.newSpec');
  assert.equal(seen.inputs.length, 1);
  assert.deepEqual(seen.messages, []);
});

test('a selection is passed as a range', async () => {
  await start();
  openEditor('notes.md', { isEmpty: false, start: { line: 1, character: 2 }, end: { line: 3, character: 4 } });
  await run('rutter.ui.newSpec');
  assert.deepEqual(await commandsSent(), [['rutter.newSpec', { uri: `${SPEC}notes.md`, range: { start: { line: 1, character: 2 }, end: { line: 3, character: 4 } } }]]);
});

test('approve saves the spec\'s documents first, and shows the refusal with its hint', async () => {
  await start();
  openEditor('requirements.md');
  const dirty = (uri: string) => ({ uri: Uri.parse(uri), languageId: 'markdown', isDirty: true, save: async () => (seen.saved.push(uri), true) });
  vscode.workspace.textDocuments = [dirty(`${SPEC}requirements.md`), dirty('file:///w/.kiro/specs/login2/design.md'), dirty('file:///w/src/a.rs')];
  await run('rutter.ui.approve');
  assert.deepEqual(seen.saved, [`${SPEC}requirements.md`]);
  assert.deepEqual(await commandsSent(), [['rutter.approve', { spec: `${SPEC}requirements.md`, stage: 'requirements' }]]);
  assert.deepEqual(seen.messages, [{ kind: 'error', text: 'Two decisions are open. Answer D1 and D2.', actions: [] }]);
});

test('a document that cannot be saved stops the approval', async () => {
  await start();
  openEditor('design.md');
  vscode.workspace.textDocuments = [{ uri: Uri.parse(`${SPEC}design.md`), languageId: 'markdown', isDirty: true, save: async () => false }];
  await run('rutter.ui.approve');
  assert.deepEqual(await commandsSent(), []);
  assert.equal(seen.messages[0]?.text, 'design.md could not be saved. Save it, then try again.');
});

test('outside a spec folder the spec and the stage are asked for', async () => {
  await start();
  await sendState(state);
  user.picks = ['login'];
  await run('rutter.ui.approve');
  assert.deepEqual(seen.picks.map(({ labels }) => labels), [['login', 'search']]);
  assert.deepEqual(await commandsSent(), [['rutter.approve', { spec: 'login', stage: 'requirements' }]]);
});

test('a decision is answered by the number of its choice', async () => {
  await start();
  await sendState(state);
  openEditor('requirements.md');
  user.picks = ['$(circle-outline) 10'];
  await run('rutter.ui.decide');
  assert.deepEqual(await commandsSent(), [['rutter.decide', { spec: `${SPEC}requirements.md`, decision: 'D1', choice: 2 }]]);
});

test('the status click offers what waits; an item runs, opens, or asks on', async () => {
  await start();
  await sendState(state);
  user.picks = ['$(arrow-right) Draft design.md'];
  await run('rutter.ui.showStatus');
  assert.deepEqual(seen.picks[0]?.labels, ['$(sync~spin) Drafting search', '$(question) How many tries?', '$(arrow-right) Draft design.md', '$(shield) notes', '$(circle-outline) Open the status page']);
  assert.deepEqual(seen.opened, ['file:///w/.kiro/specs/login/design.md']);
  user.picks = ['$(sync~spin) Drafting search', '$(debug-stop) Cancel'];
  await run('rutter.ui.showStatus');
  user.picks = ['$(shield) notes'];
  await run('rutter.ui.showStatus');
  assert.deepEqual(await commandsSent(), [['rutter.nextStage', { spec: 'search' }], ['rutter.cancel', { job: 'j1' }]]);
  assert.equal(seen.opened.at(-1), 'file:///w/.kiro/hooks/notes.json');
});

test('the view is the server\'s sections; what can be clicked has its command', async () => {
  await start();
  await sendState(state);
  const { treeDataProvider: tree, badge } = seen.tree;
  assert.deepEqual(tree.getChildren().map(({ label }: { label: string }) => label), ['Running', 'Waits for you', 'Specs']);
  const [decision, next, hook] = tree.getChildren(tree.getChildren()[1]);
  assert.deepEqual(tree.getTreeItem(decision).command, undefined);
  assert.deepEqual(tree.getChildren(decision).map((item: object) => tree.getTreeItem(item).command.arguments[0].choice), [1, 2]);
  assert.deepEqual(tree.getTreeItem(next).command, { title: 'Draft design.md', command: 'rutter.nextStage', arguments: [{ spec: 'search' }] });
  assert.equal(tree.getTreeItem(hook).command.command, 'vscode.open');
  assert.equal(badge().value, 3);
  await deactivate();
  assert.deepEqual(tree.getChildren(), []);
  assert.equal(badge(), undefined);
});

test('undo takes back the newest change, once', async () => {
  await start();
  openEditor('requirements.md');
  await run('rutter.ui.continue');
  await run('rutter.ui.undo');
  await run('rutter.ui.undo');
  assert.deepEqual((await commandsSent()).slice(1), [['rutter.undo', { change: 'c2' }]]);
  assert.match(seen.messages.at(-1)?.text ?? '', /none to undo/);
});

test('restart, by command or by a new path, replaces the process', async () => {
  await start();
  const first = (await run('rutter.testLog')).pid;
  await run('rutter.ui.restart');
  const second = (await run('rutter.testLog')).pid;
  assert.notEqual(first, second);
  assert.throws(() => process.kill(first, 0), 'the old process is gone');
  settings['rutter.server.path'] = '/no/such/rutter';
  configurationChanged.fire({ affectsConfiguration: (name: string) => name === 'rutter.server.path' });
  await deactivate();
  assert.throws(() => process.kill(second, 0));
});

test('after a crash the next command finds a new process', async () => {
  await start();
  await sendState(state);
  const { pid } = await run('rutter.testLog');
  const hidden = new Promise<void>((resolve) => {
    const once = drawn.event(({ visible }) => { if (!visible) { once.dispose(); resolve(); } });
  });
  process.kill(pid, 'SIGKILL');
  await hidden;
  openEditor('requirements.md');
  await run('rutter.ui.sync');
  assert.deepEqual(await commandsSent(), [['rutter.sync', { spec: `${SPEC}requirements.md` }]]);
  assert.deepEqual(seen.messages, []);
});

test('a missing binary gives one message with one action, and no command hangs on it', async () => {
  settings['rutter.server.path'] = '';
  const PATH = process.env['PATH'];
  process.env['PATH'] = '';
  user.button = 'Copy Command';
  try {
    await start();
  } finally {
    process.env['PATH'] = PATH;
  }
  assert.deepEqual(seen.messages.map(({ actions }) => actions), [['Copy Command']]);
  assert.equal(seen.clipboard, 'cargo install --path crates/cli --locked');
});

test('a server that dies at once is reported, and the next command tries again', async () => {
  process.env['FAKE_RUTTER'] = 'dies';
  await start();
  assert.deepEqual(seen.messages.map(({ actions }) => actions), [['Show Log']]);
  delete process.env['FAKE_RUTTER'];
  openEditor('requirements.md');
  await run('rutter.ui.sync');
  assert.deepEqual(await commandsSent(), [['rutter.sync', { spec: `${SPEC}requirements.md` }]]);
});
