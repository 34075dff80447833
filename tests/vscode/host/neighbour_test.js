// A good neighbour: TypeScript's own features answer on source with us as they do without us.
const assert = require('node:assert');
const vscode = require('vscode');
const t = require('./lib');

const FILE = 'src/services/cartService.ts';

/** What the editor answers at `words` of the source, as plain data. */
async function answers(words) {
  const editor = await t.show(FILE);
  const { document } = editor;
  const at = t.goTo(words).start;
  const line = document.lineAt(at.line).range;
  const ask = (command, ...rest) => t.run(`vscode.execute${command}`, document.uri, ...rest);
  const plain = (value) => JSON.parse(JSON.stringify(value ?? null));
  const place = (found) => `${vscode.workspace.asRelativePath(found.targetUri ?? found.uri)} ${JSON.stringify(found.targetRange ?? found.range)}`;
  return {
    hover: plain((await ask('HoverProvider', at)).map(({ contents }) => contents.map((part) => part.value))),
    definition: (await ask('DefinitionProvider', at)).map(place).sort(),
    references: (await ask('ReferenceProvider', at)).map(place).sort(),
    highlights: plain(await ask('DocumentHighlights', at)),
    rename: plain(await ask('DocumentRenameProvider', at, 'renamed').then((edit) => edit.entries().map(([uri, edits]) => [vscode.workspace.asRelativePath(uri), edits.length]))),
    actions: (await ask('CodeActionProvider', new vscode.Range(at, at))).map(({ title, kind }) => `${kind?.value}: ${title}`).sort(),
    selected: (await ask('CodeActionProvider', line)).map(({ title, kind, isPreferred }) => `${kind?.value}: ${title}${isPreferred ? ' (preferred)' : ''}`).sort(),
    lenses: plain(await ask('CodeLensProvider', 100)),
    symbols: plain((await ask('DocumentSymbolProvider')).map(({ name }) => name)),
    completions: (await ask('CompletionItemProvider', at)).items.map(({ label }) => label.label ?? label).sort(),
    format: plain(await ask('FormatDocumentProvider', { tabSize: 2, insertSpaces: true })),
    problems: vscode.languages.getDiagnostics(document.uri).map(({ message }) => message).sort(),
  };
}

const PLACES = ['CartService {', 'setQuantity(', 'this.get(', 'HttpError(404', 'FREE_SHIPPING_CENTS ='];
const all = async () => Object.fromEntries(await PLACES.reduce(async (done, words) => [...(await done), [words, await answers(words)]], Promise.resolve([])));

let withUs;

exports['TypeScript answers with us'] = async () => {
  t.write(FILE, t.read(FILE).replace('  create(): Cart {', '    create( ): Cart   {'));
  t.write('.kiro/specs/lockout/requirements.md', t.SPEC);
  await t.started();
  await t.show(FILE);
  await t.until('the project is loaded', async () => (await answers(PLACES[3])).references.length > 5);
  withUs = await all();
  const one = withUs['setQuantity('];
  assert(one.hover.length === 1 && /setQuantity/.test(one.hover[0]), 'one hover, of TypeScript');
  assert(one.format.length > 0, 'the format mends what is out of shape');
  assert.deepEqual(one.lenses, []);
  assert(one.rename.length >= 2);
};

exports['and the same without us, but for one entry on a selection'] = async () => {
  await vscode.workspace.getConfiguration('rutter').update('server.path', '/nowhere/rutter', vscode.ConfigurationTarget.Global);
  await t.told('names "/nowhere/rutter"');
  const alone = await all();
  for (const words of PLACES) {
    const ours = withUs[words].selected.filter((title) => !alone[words].selected.includes(title));
    assert(ours.length <= 1 && ours.every((title) => !title.includes('preferred')), `ours on a selection: ${ours}`);
    withUs[words].selected = withUs[words].selected.filter((title) => !ours.includes(title));
    assert.deepEqual(withUs[words], alone[words], words);
  }
};
