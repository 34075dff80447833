// What the suites share: waiting for what must become true, and a user who answers what the extension asks.
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const project = process.env.RUTTER_PROJECT;

/** Waits until `condition` gives something true, and gives that. */
async function until(what, condition) {
  const end = Date.now() + 20_000;
  for (;;) {
    // What VS Code calls off because the document changed meanwhile is asked again.
    const value = await Promise.resolve(condition()).catch((error) => {
      if (error?.name !== 'Canceled') throw error;
    });
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const said = []; // everything the user was told or asked
const picks = []; // entries for the menus to come
let takesFirst = false; // where nothing else is to be picked
let looking; // gathers the entries of menus that are left without an answer
const inputs = []; // words for the text boxes to come
const presses = []; // buttons for the messages to come

// The suites share the extension's own `vscode` object, so what it shows goes through here.
for (const kind of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage']) {
  vscode.window[kind] = async (message, ...rest) => {
    const items = rest.filter((item) => typeof item === 'string' || item?.title !== undefined);
    const titles = items.map((item) => item.title ?? item);
    said.push([message, ...titles.map((title) => `[${title}]`)].join(' '));
    const wanted = presses.findIndex((button) => titles.includes(button));
    return wanted < 0 ? undefined : items[titles.indexOf(presses.splice(wanted, 1)[0])];
  };
}
vscode.window.showQuickPick = async (given, options) => {
  const items = await given;
  const labels = items.map((item) => item.label ?? item);
  said.push(`menu ${options?.title ?? ''}: ${labels.join(' / ')}`);
  const wanted = picks.shift();
  if (wanted === undefined && takesFirst) return items[0];
  if (looking) return void looking.push(...labels);
  assert(wanted !== undefined, `a menu nobody expected: ${labels.join(' / ')}`);
  const found = items[labels.findIndex((label) => label.includes(wanted))];
  assert(found !== undefined, `no entry "${wanted}" in the menu: ${labels.join(' / ')}`);
  return found;
};
vscode.window.showInputBox = async (options) => {
  said.push(`asked: ${options?.title ?? ''}`);
  assert(inputs.length > 0, `a question nobody expected: ${options?.title}`);
  return inputs.shift();
};

const pick = (entry) => void picks.push(entry);
const pickFirst = (always = true) => void (takesFirst = always);
const input = (words) => void inputs.push(words);
const press = (button) => void presses.push(button);

/** The entries of the menu that a command shows; it is left without an answer. */
async function menu(command) {
  looking = [];
  await vscode.commands.executeCommand(command);
  const labels = looking;
  looking = undefined;
  return labels;
}

/** Waits until the user was told something with `words`, since the `from`th thing. */
const told = (words, from = 0) => until(`"${words}" is said`, () => said.slice(from).find((text) => text.includes(words)));

const at = (file) => path.join(project, file);
const read = (file) => fs.readFileSync(at(file), 'utf8');
const exists = (file) => fs.existsSync(at(file));
function write(file, text) {
  fs.mkdirSync(path.dirname(at(file)), { recursive: true });
  fs.writeFileSync(at(file), text);
}

/** Opens a file of the project and shows it. */
async function show(file) {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(file)), { preview: false });
}

/** The path below the project of what is shown. */
function shown() {
  const file = vscode.window.activeTextEditor?.document.uri.fsPath;
  return file && path.relative(project, file);
}

const text = () => vscode.window.activeTextEditor.document.getText();

/** Puts the cursor before `words`, or selects them. */
function goTo(words, { select = false } = {}) {
  const editor = vscode.window.activeTextEditor;
  const offset = editor.document.getText().indexOf(words);
  assert(offset >= 0, `"${words}" is not in ${shown()}`);
  const start = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(start, select ? editor.document.positionAt(offset + words.length) : start);
  return editor.selection;
}

/** Replaces `words` in what is shown, as typing would. */
async function replace(words, by) {
  const editor = vscode.window.activeTextEditor;
  const range = goTo(words, { select: true });
  assert(await editor.edit((edit) => edit.replace(range, by)), `"${words}" could not be replaced`);
}

const lenses = async () => (await run('vscode.executeCodeLensProvider', vscode.window.activeTextEditor.document.uri, 1000)) ?? [];
async function lens(title) {
  let titles = [];
  const look = async () => {
    const all = await lenses();
    titles = all.map(({ command }) => command?.title);
    return all.find(({ command }) => command?.title.includes(title));
  };
  return until(`a lens "${title}" stands`, look).catch((error) => {
    throw new Error(`${error.message}; there are: ${titles.join(' / ')}`, { cause: error });
  });
}

/** Clicks a lens. */
async function click(title) {
  const { command } = await lens(title);
  return vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** The code actions at the cursor. */
async function actions() {
  const { document, selection } = vscode.window.activeTextEditor;
  return (await run('vscode.executeCodeActionProvider', document.uri, selection, undefined, 100)) ?? [];
}

/** Carries out a code action at the cursor, as its menu would. */
async function act(title) {
  const action = await until(`an action "${title}" is offered`, async () => (await actions()).find((found) => found.title.includes(title)));
  if (action.edit) assert(await vscode.workspace.applyEdit(action.edit), `"${title}" could not be applied`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  return action;
}

/** Runs a command; what only asks is asked until it is answered. */
async function run(command, ...rest) {
  if (!command.startsWith('vscode.execute')) return vscode.commands.executeCommand(command, ...rest);
  const { answer } = await until(`${command} answers`, async () => ({ answer: await vscode.commands.executeCommand(command, ...rest) }));
  return answer;
}


const findings = (file) => vscode.languages.getDiagnostics(file ? vscode.Uri.file(at(file)) : vscode.window.activeTextEditor.document.uri)
  .filter(({ source }) => source === 'rutter').map((found) => ({ ...found, rule: found.code?.value ?? found.code, message: found.message, range: found.range }));
const finding = (rule, file) => until(`${rule} is found`, () => findings(file).find((found) => found.rule === rule));

/** Waits until the extension and its server are there. */
async function started() {
  await until('the extension is active', () => vscode.extensions.getExtension('rutter.rutter')?.isActive);
  await until('the commands of the server are there', async () => (await vscode.commands.getCommands()).includes('rutter.newSpec'));
}

/** A small spec. */
const SPEC = `# Requirements Document

## Introduction

Accounts are locked. \u{1f512}

## Glossary

- **Gate**: lets people in

## Requirements

### Requirement 1: Lock

**User Story:** As a customer, I want my account to be locked, so that nobody guesses my password.

#### Acceptance Criteria

1. WHEN a password was wrong 5 times, THE Gate SHALL lock the account
2. WHILE an account is locked, THE Gate SHALL refuse each sign-in
`;

/** What the command line says of the project, as a witness that is not the editor. */
const shell = (program, ...args) => execFileSync(program, args, { cwd: project, encoding: 'utf8' });
const witness = (...args) => JSON.parse(execFileSync('rutter', ['-C', project, ...args, '--format', 'json'], { encoding: 'utf8' }));
const stage = (spec, wanted) => witness('status', spec)[0].stages.find(({ stage }) => stage === wanted).state;

/** Every file of the project with its bytes. */
function files(folder = project) {
  const all = {};
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) Object.assign(all, files(file));
    else all[path.relative(project, file)] = fs.readFileSync(file, 'base64');
  }
  return all;
}

module.exports = {
  SPEC,
  act, actions, at, click, exists, files, finding, findings, goTo, input, lens, lenses, menu, pick, pickFirst, press, project, read, replace, run, said, shell, show, started,
  shown, stage, text, told, until, witness, write,
};
