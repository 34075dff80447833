// Runs inside VS Code's extension host: the tests of one suite, in their order, until one fails.
const path = require('node:path');

const tell = (report) => fetch(process.env.RUTTER_REPORT, { method: 'POST', body: JSON.stringify(report) });

exports.run = async () => {
  try {
    const suite = require(path.join(__dirname, `${process.env.RUTTER_SUITE}_test.js`));
    for (const [name, test] of Object.entries(suite)) {
      const begun = Date.now();
      try {
        await test();
      } catch (error) {
        const ours = String(error?.stack).split('\n').filter((line) => !/^\s+at /.test(line) || line.includes(__dirname));
        throw new Error(`${name}: ${ours.join('\n')}`, { cause: error });
      }
      await tell({ ok: name, ms: Date.now() - begun });
    }
    await tell({ done: true });
  } catch (error) {
    const { said } = require('./lib');
    await tell({ done: true, failed: [error.message, ...said.slice(-20).map((text) => `  said: ${text}`)].join('\n') });
  }
};
