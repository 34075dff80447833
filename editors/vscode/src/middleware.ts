// Wraps every server command, whether a lens, a code action or the palette ran it: save before, show the answer after.
import { Uri } from 'vscode';
import { type ExecuteCommandParams, ExecuteCommandRequest, type Middleware } from 'vscode-languageclient/node';
import { showAnswer, showError } from './answer';
import { isAnswer } from './contract';
import { inTrust, refused } from './restricted';
import { saveBefore } from './save';

export interface CommandHooks {
  send(type: typeof ExecuteCommandRequest.type, params: ExecuteCommandParams): Promise<unknown>;
  configurationChanged(): Promise<void>;
  /** Told of each change that a command made, and of each that was undone. */
  changed(change: string): void;
  undone(change: string): void;
}

export function middleware(hooks: CommandHooks): Middleware {
  const watching = new Set<Set<string>>();
  return {
    // The request is sent here and not by `next`, which would show a bare "Request failed" over the server's own sentence.
    executeCommand: async (command, args) => {
      if (refused(command)) return undefined;
      const shown = new Set<string>();
      watching.add(shown);
      try {
        await saveBefore(command, args);
        const answer = await hooks.send(ExecuteCommandRequest.type, { command, arguments: args });
        if (!isAnswer(answer)) return answer;
        // What an approval decided itself is part of what it approved.
        if (command === 'rutter.approve') await saveBefore(command, args);
        const undone = command === 'rutter.undo' ? (args[0] as { change?: string } | undefined)?.change : undefined;
        if (undone !== undefined) hooks.undone(undone);
        else if (answer.change !== undefined) hooks.changed(answer.change);
        await showAnswer(answer, shown);
        return answer;
      } catch (error) {
        showError(error);
        return undefined;
      } finally {
        watching.delete(shown);
      }
    },
    workspace: {
      configuration: async (params, token, next) => {
        const sections = await next(params, token);
        return Array.isArray(sections) ? sections.map(inTrust) : sections;
      },
      // Told without values, the server asks, and the one place above answers.
      didChangeConfiguration: () => hooks.configurationChanged(),
    },
    window: {
      showDocument: (params, token, next) => {
        for (const shown of watching) shown.add(Uri.parse(params.uri).toString());
        return next(params, token);
      },
    },
  };
}
