import { StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { State } from './contract';
import { statusText, tooltip } from './waiting';

/** The status bar item. A click shows the next steps. */
export function statusItem(): StatusBarItem {
  const item = window.createStatusBarItem('rutter.status', StatusBarAlignment.Left);
  item.name = 'Rutter';
  item.command = 'rutter.ui.showStatus';
  return item;
}

/** Draws `state`; hides the item when there is no spec and no job, or no server. */
export function draw(item: StatusBarItem, state: State | undefined): void {
  const text = state && statusText(state);
  if (text === undefined) return item.hide();
  item.text = text;
  item.tooltip = tooltip(state as State);
  item.show();
}
