module.exports = require('./vscode.ts').vscode;
