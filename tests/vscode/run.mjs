// Runs the extension in real VS Code: suites inside its extension host, each in a window and a project of its own; then one way
// through the screen. RUTTER_VSCODE_ONLY names one of them.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onScreen } from './screen.mjs';
import { Window, browser } from './window.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.join(here, '../..');
const vsix = path.join(repository, 'editors/vscode/rutter.vsix');
const LIMIT = 120_000;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'rutter-vscode-'));
const only = process.env.RUTTER_VSCODE_ONLY;
const shared = await browser();
let failed = false;
try {
  for (const name of fs.readdirSync(path.join(here, 'host')).filter((file) => file.endsWith('_test.js')).map((file) => file.slice(0, -8))) {
    if (!only || only === name) await inHost(name);
  }
  if (!failed && (!only || only === 'screen')) {
    // Beside the binary, in what cargo never commits.
    const pictures = path.join(path.dirname(process.env.RUTTER_BIN), '../vscode-screens');
    const tell = (what, ms) => console.log(`vscode screen: ok ${what} (${ms} ms)`);
    await onScreen({ shared, ...place('screen'), vsix, pictures, tell });
    console.log(`vscode screen: the pictures are in ${path.resolve(pictures)}`);
  }
} catch (error) {
  console.log(`vscode: ${error.stack}`);
  failed = true;
} finally {
  await shared.close();
}
if (failed) console.log(`vscode: FAILED; what was made is kept in ${work}`);
else fs.rmSync(work, { recursive: true, force: true });
process.exit(failed ? 1 : 0);

/** A project of its own, and what the server needs around it. */
function place(name) {
  const root = path.join(work, name);
  const project = path.join(root, 'project');
  fs.cpSync(path.join(repository, 'fixtures/projects/shop-ts'), project, { recursive: true });
  fs.mkdirSync(path.join(project, '.git'));
  fs.mkdirSync(path.join(root, 'second'));
  fs.writeFileSync(path.join(root, 'both.code-workspace'), JSON.stringify({ folders: [{ path: 'project' }, { path: 'second' }] }));
  fs.mkdirSync(path.join(root, 'bin'));
  fs.symlinkSync(process.env.RUTTER_BIN, path.join(root, 'bin/rutter'));
  const env = {
    PATH: `${path.join(root, 'bin')}:${process.env.PATH}`, RUTTER_PROJECT: project,
    RUTTER_STATE_DIR: path.join(root, 'state'), RUTTER_CONFIG_DIR: path.join(root, 'config'),
  };
  return { root, env };
}

/** Runs one suite of `host/`. What it says comes over loopback, line by line. */
async function inHost(name) {
  const { root, env } = place(name);
  // What kind of window a suite wants stands in its first line.
  const { window: wanted = {}, open = 'project' } = JSON.parse(/^\/\/ (\{.*\})$/m.exec(fs.readFileSync(path.join(here, 'host', `${name}_test.js`), 'utf8'))?.[1] ?? '{}');
  // The tests stand inside the unpacked extension: VS Code then gives them the very objects that the extension uses.
  const extension = path.join(root, 'extension');
  unpack(extension);
  fs.cpSync(path.join(here, 'host'), path.join(extension, 'tests'), { recursive: true });

  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const reports = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const report = JSON.parse(Buffer.concat(chunks).toString());
    if (report.ok) console.log(`vscode ${name}: ok ${report.ok} (${report.ms} ms)`);
    if (report.failed) console.log(`vscode ${name}: FAILED ${report.failed}`);
    if (report.done) finish(!report.failed);
    response.end('{}');
  });
  await new Promise((resolve) => reports.listen(0, '127.0.0.1', resolve));
  const limit = setTimeout(() => {
    console.log(`vscode ${name}: no end after ${LIMIT / 1000} s`);
    finish(false);
  }, LIMIT);
  const window = await Window.open({
    root, inHost: true, ...wanted,
    env: { ...env, RUTTER_SUITE: name, RUTTER_REPORT: `http://127.0.0.1:${reports.address().port}/` },
  });
  try {
    const page = await window.show(shared, path.join(root, open), [
      ['extensionDevelopmentPath', window.remote(extension)], ['extensionTestsPath', window.remote(path.join(extension, 'tests/index.js'))],
    ]);
    if (!(await finished)) {
      failed = true;
      await page.screenshot({ path: path.join(root, 'failed.png') });
    }
  } finally {
    clearTimeout(limit);
    await window.close();
    reports.close();
  }
}

/** The files that the package brings, and no others. */
function unpack(folder) {
  const script = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])';
  const done = spawnSync('python3', ['-c', script, vsix, `${folder}.unpacked`]);
  if (done.status !== 0) throw new Error(`${vsix} could not be unpacked: ${done.stderr}`);
  fs.renameSync(path.join(`${folder}.unpacked`, 'extension'), folder);
}
