// Hooks: nothing runs before it was shown and trusted; then saves fire, lenses run and switch off, failures show their output.
const assert = require('node:assert');
const vscode = require('vscode');
const t = require('./lib');

const FILE = '.rutter/hooks/notes.json';
const hook = (name, trigger, command, more = {}) => ({ name, trigger, action: { type: 'command', command }, ...more });
const hooks = (...list) => `${JSON.stringify({ version: 'v1', hooks: list }, null, 2)}\n`;
const saved = (command) => hook('saved', 'PostFileSave', command, { matcher: '\\.ts$' });
const lines = (file) => (t.exists(file) ? t.read(file).trim().split('\n') : []);

/** Types a character into what is shown and saves. */
async function save() {
  const editor = vscode.window.activeTextEditor;
  assert(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' ')));
  assert(await editor.document.save());
}

exports['the first save asks, shows what would run, and runs nothing'] = async () => {
  t.write(FILE, hooks(saved('echo "$RUTTER_FILE" >> saved.txt')));
  await t.started();
  await t.show('src/config.ts');
  t.press('Show');
  t.press('Trust as it stands');
  await save();
  await t.told('Trust exactly this?');
  assert.match(t.shown(), /trust\.md$/);
  assert(t.text().includes('echo "$RUTTER_FILE" >> saved.txt'));
  await t.until('it is trusted', () => t.witness('hooks', 'list')[0].trusted);
  assert(!t.exists('saved.txt'));
};

exports['then a save fires'] = async () => {
  await t.show('src/config.ts');
  await save();
  await t.until('the hook ran', () => lines('saved.txt').join() === 'src/config.ts');
};

exports['a changed hook is asked about again, and its failure shows its output'] = async () => {
  t.press('Show');
  t.press('Trust as it stands');
  await t.show(FILE);
  await t.replace('echo \\"$RUTTER_FILE\\" >> saved.txt', 'echo two tests fail; exit 1');
  await vscode.window.activeTextEditor.document.save();
  await t.until('it is trusted', () => t.witness('hooks', 'list')[0].trusted);
  await t.show('src/config.ts');
  t.press('Show output');
  await save();
  await t.until('the output is shown', () => /hook-output\.md$/.test(t.shown()) && t.text().includes('two tests fail'));
  assert.deepEqual(lines('saved.txt'), ['src/config.ts']);
};

exports['a hook is trusted, run and switched off by its lenses'] = async () => {
  t.write('.rutter/hooks/one.json', hooks(hook('one', 'Manual', 'echo ran >> one.txt')));
  await t.show('.rutter/hooks/one.json');
  await t.click('Trust as it stands');
  await t.click('Run');
  await t.until('the lens runs the hook', () => lines('one.txt').join() === 'ran');
  await t.click('Disable');
  await t.until('it is switched off', () => `${t.text()}${t.read('.rutter/hooks/one.json')}`.includes('"enabled": false'));
};
