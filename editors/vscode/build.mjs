// Bundles the extension into dist/ with the licences of what is bundled; with --tests, the tests into out/.
import { build } from 'esbuild';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const common = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };

if (process.argv.includes('--tests')) {
  await rm('out', { recursive: true, force: true });
  const names = (await readdir('test')).filter((name) => name.endsWith('.test.ts'));
  await build({ ...common, entryPoints: names.map((name) => `test/${name}`), outdir: 'out', sourcemap: 'inline', alias: { vscode: './test/fake/vscode.cjs' } });
} else {
  await rm('dist', { recursive: true, force: true });
  const { metafile } = await build({
    ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'], minify: true, metafile: true,
  });
  await writeFile('dist/NOTICES.txt', await notices(Object.keys(metafile.inputs)));
}

/** The licence text of every package of which a file went into the bundle. Fails when one has none. */
async function notices(inputs) {
  const folders = new Set(inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean));
  const parts = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file`);
    parts.push(`${name} ${version} (${license})\n\n${(await readFile(path.join(folder, file), 'utf8')).trim()}\n`);
  }
  return parts.join(`\n${'-'.repeat(72)}\n\n`);
}
