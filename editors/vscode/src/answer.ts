// What a command's answer or error looks like to the user.
import { commands, Uri, window } from 'vscode';
import { LSPErrorCodes } from 'vscode-languageclient/node';
import type { Answer, ErrorData } from './contract';

/** The document to show for an answer: its first, unless the server or the user already has one of them in view. */
export function toShow(uris: string[], inView: ReadonlySet<string>): string | undefined {
  return uris.some((uri) => inView.has(uri)) ? undefined : uris[0];
}

/** What happened and what to do, in one line. Empty when the user called it off. */
export function errorText(error: unknown): string {
  const { message, code, data } = error as { message?: string; code?: number; data?: ErrorData };
  if (code === LSPErrorCodes.RequestCancelled || data?.code === 'cancelled') return '';
  const text = message ?? String(error);
  return data?.hint && !text.includes(data.hint) ? `${text} ${data.hint}` : text;
}

/** Shows the document and the message of an answer. `shown`: what the server itself has shown since the command began. */
export async function showAnswer(answer: Answer, shown: ReadonlySet<string>): Promise<void> {
  const canonical = answer.uris.map((uri) => Uri.parse(uri).toString());
  const inView = new Set([...shown, ...window.visibleTextEditors.map((editor) => editor.document.uri.toString())]);
  const uri = toShow(canonical, inView);
  if (uri !== undefined) await window.showTextDocument(Uri.parse(uri), { preview: false });
  if (!answer.message) return;
  const undo = answer.change === undefined ? [] : ['Undo'];
  // Not awaited: a message may stand for minutes, and the command is done.
  void window.showInformationMessage(answer.message, ...undo).then((choice) => {
    if (choice === 'Undo') void commands.executeCommand('rutter.undo', { change: answer.change });
  });
}

/** Shows an error of a command; nothing when the user called it off. */
export function showError(error: unknown): void {
  const text = errorText(error);
  if (text !== '') void window.showErrorMessage(text);
}
