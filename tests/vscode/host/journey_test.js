// The whole way: from a comment to approved tasks, and back.
const assert = require('node:assert');
const vscode = require('vscode');
const t = require('./lib');

let spec; // its name
let before; // every byte of the project

const requirements = () => `.kiro/specs/${spec}/requirements.md`;
const decisions = () => t.witness('status', spec)[0].decisions;

exports['the extension starts with the window'] = async () => {
  await t.started();
  t.write('src/routes/session.ts', '// TODO: let customers sign in with email and password\nexport const sessionRoutes = [];\n');
  before = t.files();
};

exports['a comment becomes a spec by its code action, the only one of ours'] = async () => {
  await t.show('src/routes/session.ts');
  t.goTo('TODO');
  const action = await t.until('the comment has an action', async () => (await t.actions()).filter(({ command }) => command?.command.startsWith('rutter.')));
  assert.deepEqual(action.map(({ isPreferred }) => isPreferred ?? false), [false]);
  t.press('Make a spec of this comment');
  await t.act(action[0].title);
  await t.until('the requirements are shown', () => /requirements\.md$/.test(t.shown()));
  spec = t.shown().split('/')[2];
  assert.deepEqual(t.findings(), []);
  assert.match(vscode.window.activeTextEditor.document.lineAt(vscode.window.activeTextEditor.selection.active.line).text, /^- \*\*D1\*\*/);
};

exports['undo gives back every byte'] = async () => {
  await t.run('rutter.ui.undo');
  await t.until('the spec is gone', () => !t.exists(requirements()));
  assert.deepEqual(t.files(), before);
};

exports['and what was undone waits for nobody, though VS Code keeps its document for minutes'] = async () => {
  await t.run('workbench.action.closeAllEditors');
  assert(vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith(requirements())));
  await t.until('no decision is open', async () => {
    const from = t.said.length;
    await t.menu('rutter.ui.decide');
    return t.said.slice(from).includes('No decision is open.');
  });
};

exports['a sentence becomes a spec from the palette'] = async () => {
  t.input('Add a login page');
  await t.run('rutter.ui.newSpec');
  await t.until('the requirements are shown', () => /requirements\.md$/.test(t.shown()));
  spec = t.shown().split('/')[2];
};

/** Answers what is open in the document that is shown, with the first choices. */
async function decideAll() {
  for (;;) {
    const open = /\*\*(D\d+)\*\*/.exec(t.text())?.[1];
    if (!open) return;
    await t.run('rutter.decide', { spec, decision: open, choice: 1 });
    await t.until(`${open} is answered`, () => !t.text().includes(`**${open}**`));
  }
}

exports['decisions are answered by action and by command, and must be before an approval'] = async () => {
  await t.lens('open decision');
  const [first] = decisions();
  t.goTo('**D1**');
  await t.act(`D1: ${first.choices[1]}`);
  await t.until('D1 is answered', () => !t.text().includes('**D1**') && t.text().includes(first.choices[1]));
  const from = t.said.length;
  await t.run('rutter.ui.approve');
  await t.told('D2', from);
  const [, second] = await t.until('the menu lacks what is answered', async () => {
    const labels = await t.menu('rutter.ui.decide');
    return labels.every((label) => !label.includes(first.text)) && ['', labels[0]];
  });
  t.pick(second);
  t.pickFirst();
  await t.run('rutter.ui.decide');
  t.pickFirst(false);
  await t.until('D2 is answered', () => !t.text().includes('**D2**'));
  await decideAll();
};

exports['an approval saves first and stands on disk'] = async () => {
  assert(vscode.window.activeTextEditor.document.isDirty, 'the answers are not saved yet');
  await t.run('rutter.ui.approve');
  await t.until('the requirements are approved', () => t.stage(spec, 'requirements') === 'approved');
  assert(!vscode.window.activeTextEditor.document.isDirty);
};

exports['the design is drafted from the palette and approved by its lens'] = async () => {
  await t.run('rutter.ui.continue');
  await t.until('the design is shown', () => t.shown() === `.kiro/specs/${spec}/design.md`);
  await decideAll();
  await t.click('Approve design');
  await t.until('the design is approved', () => t.stage(spec, 'design') === 'approved');
};

exports['the tasks are drafted by a lens and approved by an action'] = async () => {
  await t.click('Draft tasks.md');
  await t.until('the tasks are shown', () => t.shown() === `.kiro/specs/${spec}/tasks.md`);
  await decideAll();
  await vscode.window.activeTextEditor.document.save();
  await t.act('Approve tasks');
  await t.until('the tasks are approved', () => t.stage(spec, 'tasks') === 'approved');
  assert.deepEqual(t.findings(), []);
};

exports['a problem is shown while typing and mended by its fix'] = async () => {
  const text = t.text();
  await t.replace('_Requirements: ', '_Requirements: 99.9, ');
  const found = await t.finding('task/unknown-requirement');
  assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
  vscode.window.activeTextEditor.selection = new vscode.Selection(found.range.start, found.range.end);
  const fix = await t.until('a fix is offered', async () => (await t.actions()).find(({ kind }) => kind?.value === 'quickfix'));
  await t.act(fix.title);
  await t.until('the fix mends it', () => t.findings().length === 0);
  assert(!t.text().includes('99.9'));
  assert.equal(t.text(), text);
  await vscode.window.activeTextEditor.document.save();
};

exports['an edited requirement makes stale what cites it, and is approved again'] = async () => {
  await t.show(requirements());
  const criterion = /^1\. .*SHALL .*$/m.exec(t.text())[0];
  await t.replace(criterion, `${criterion} at once`);
  await t.lens('Approve 1 change to the requirements');
  await t.finding('approval/stale');
  await t.show(`.kiro/specs/${spec}/design.md`);
  await t.finding('approval/stale');
  await t.show(requirements());
  await t.click('Approve 1 change to the requirements');
  await t.until('it is approved', () => t.stage(spec, 'requirements') === 'approved');
};

exports['a criterion is renamed with all that cites it'] = async () => {
  const editor = vscode.window.activeTextEditor;
  const line = editor.document.getText().split('\n').findIndex((text) => /^2\. .*SHALL/.test(text));
  const edit = await t.run('vscode.executeDocumentRenameProvider', editor.document.uri, new vscode.Position(line, 0), '1.1');
  assert(edit.size >= 2, `${edit.size} documents change`);
  assert(await vscode.workspace.applyEdit(edit));
  await vscode.workspace.saveAll();
};

exports['what waits is one menu'] = async () => {
  const labels = await t.menu('rutter.ui.showStatus');
  assert(labels.at(-1).includes('Open the status page'), labels.join());
};
