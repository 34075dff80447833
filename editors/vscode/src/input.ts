import { type CancellationToken, window } from 'vscode';
import type { InputParams } from './contract';

/** Answers `rutter/input`: what the user typed, or `null` when they left the box. */
export async function askInput({ title, placeholder, value }: InputParams, token: CancellationToken): Promise<string | null> {
  return (await window.showInputBox({ title, placeHolder: placeholder, value, ignoreFocusOut: true }, token)) ?? null;
}
