// One way through the screen, by mouse and keyboard; its pictures are for people to look at.
import fs from 'node:fs';
import path from 'node:path';
import { Window } from './window.mjs';

const WAIT = 20_000;

const LOCKOUT = `# Requirements Document

## Glossary

- **Gate**: lets people in

## Requirements

### Requirement 1: Lock

#### Acceptance Criteria

1. WHEN a password was wrong 5 times, THE Gate SHALL lock the account
2. WHILE an account is locked, THE Gate SHALL refuse each sign-in
`;
const TASKS = '# Implementation Plan\n\n- [ ] 1. Lock accounts at the gate\n  - _Requirements: 1.1, 9.9_\n';
const SOURCE = `// spec:lockout#1.1
export function locks(wrong: number): boolean {
  return wrong >= 5;
}
`;

/** Walks it in a window of its own, with the packed extension installed as users install it. */
export async function onScreen({ shared, root, env, vsix, pictures, tell }) {
  fs.rmSync(pictures, { recursive: true, force: true });
  const window = await Window.open({ root, env, vsix });
  let page;
  let number = 0;
  const picture = async (name) => page.screenshot({ path: path.join(pictures, `${String((number += 1)).padStart(2, '0')}-${name}.png`) });
  const see = (selector) => page.locator(selector).first().waitFor({ timeout: WAIT });
  const row = (text) => `.monaco-list-row[aria-label*="${text}"]`;
  const lens = (text) => `.codelens-decoration a:has-text("${text}")`;
  const toast = (text) => `.notification-toast:has-text("${text}")`;
  const step = async (what, act) => {
    const begun = Date.now();
    await act();
    await picture(what.replaceAll(' ', '-'));
    tell(what, Date.now() - begun);
  };
  const palette = async (words) => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input[type="text"]').fill(`>${words}`);
    await see(`.quick-input-list ${row(words)}`);
    await page.keyboard.press('Enter');
  };

  const open = async (file) => {
    await page.keyboard.press('Control+P');
    await page.keyboard.type(file);
    await see(`.quick-input-list ${row(path.basename(file))}`);
    await page.keyboard.press('Enter');
    await see(`.tab.active:has-text("${path.basename(file)}")`);
  };

  try {
    page = await window.show(shared, path.join(root, 'project'));
    page.setDefaultTimeout(WAIT);
    await step('the view offers a first spec', async () => {
      await page.locator('.activitybar .action-label[aria-label^="Rutter"]').click();
      await see('.welcome-view :text("New Spec")');
    });
    await step('the sentence is asked for', async () => {
      await page.locator('.welcome-view .monaco-button:has-text("New Spec")').click();
      await see('.quick-input-widget input');
      await page.keyboard.type('Add a login page');
    });
    await step('the draft is shown with its lenses and what waits', async () => {
      await page.keyboard.press('Enter');
      await see('.tab.active:has-text("requirements.md")');
      await see(lens('D1: 3 failed sign-ins'));
      await see(row('D1 How many'));
      await page.mouse.move(700, 700);
    });
    await step('a decision unfolds in the view', async () => {
      await page.locator(row('How many')).first().click();
      await see(row('recommended'));
    });
    await step('a click answers it everywhere', async () => {
      await page.locator(row('recommended')).first().click();
      await see(toast('D1:'));
    });
    await step('the status bar lists what waits', async () => {
      await page.locator('.statusbar-item[aria-label*="Rutter"]').click();
      await see(`.quick-input-list ${row('Approve requirements')}`);
    });
    await step('an approval from the keyboard', async () => {
      await page.keyboard.type('Approve');
      await page.keyboard.press('Enter');
      await see(toast('Approved requirements.md'));
      await see(`.pane-body ${row('Draft design.md')}`);
    });
    await step('a lens drafts the design', async () => {
      await page.locator('.monaco-editor .view-lines').first().click();
      await page.keyboard.press('Control+Home');
      await page.locator(lens('Draft design.md')).click();
      await see('.tab.active:has-text("design.md")');
      await see(`.pane-body ${row('Approve design')}`);
    });
    await step('the view shows where the spec stands', async () => {
      await page.locator('.pane-body .monaco-list-row:has-text("design draft")').first().click();
      await see(row('approved by Ada'));
    });

    fs.mkdirSync(path.join(root, 'project/.kiro/specs/lockout'), { recursive: true });
    fs.writeFileSync(path.join(root, 'project/.kiro/specs/lockout/requirements.md'), LOCKOUT);
    fs.writeFileSync(path.join(root, 'project/.kiro/specs/lockout/tasks.md'), TASKS);
    fs.writeFileSync(path.join(root, 'project/src/lockout.ts'), SOURCE);
    await step('a link in the source says what it keeps', async () => {
      await open('lockout.ts');
      await see(lens('lockout 1.1'));
      await page.locator('.view-line :text("spec:lockout")').hover();
      await see('.monaco-hover:not(.hidden) :text("lock the account")');
    });
    await step('a problem and its fix', async () => {
      await page.locator('.pane-body .monaco-list-row:has-text("requirements draft")').click();
      await page.locator('.pane-body .monaco-list-row:has-text("tasks.md"):has-text("draft")').click();
      await see('.squiggly-warning');
      await page.keyboard.press('Control+Shift+M');
      await see('.markers-panel .monaco-list-row:has-text("task/unknown-requirement")');
      await page.locator('.view-line :text("9.9")').first().click();
      await page.keyboard.press('Control+Period');
      await see('.action-widget .monaco-list-row:has-text("Remove the reference")');
    });
    await step('the fix mends it', async () => {
      await page.keyboard.press('Enter');
      await page.locator('.squiggly-warning').waitFor({ state: 'detached', timeout: WAIT });
    });
    await step('the walkthrough', async () => {
      await page.keyboard.press('Escape');
      await palette('View: Toggle Panel Visibility');
      await palette('Welcome: Open Walkthrough...');
      await page.keyboard.type('From a Sentence');
      await see(`.quick-input-list ${row('From a Sentence')}`);
      await page.keyboard.press('Enter');
      await see('.gettingStartedContainer :text("One sentence is enough") >> visible=true');
      await page.frameLocator('iframe.webview').frameLocator('iframe').getByText('It becomes').waitFor({ timeout: WAIT });
    });
    await step('the settings', async () => {
      await palette('Preferences: Open Settings (UI)');
      await see('.settings-editor .suggest-input-container');
      await page.keyboard.type('@ext:rutter.rutter');
      await see('.settings-editor :text("Levels of single rules") >> visible=true');
    });
  } catch (error) {
    await page?.screenshot({ path: path.join(pictures, 'failed.png') });
    throw error;
  } finally {
    await window.close();
  }
}
