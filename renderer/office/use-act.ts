import { safe } from '@orpc/client';
import { App } from 'antd';
import { useState } from 'react';
import type { StationClient } from '../../shared/contract/index.ts';
import { useWords } from '../lib/i18n/index.ts';
import { station } from '../lib/station/client.ts';
import { conflictReason, fieldFaults, problemText } from './problem-text.ts';

export interface Act {
  readonly busy: boolean;
  /** Why the last act was not carried out, in words; `null` when it was. */
  readonly problem: string | null;
  /** The same by field, for forms. */
  readonly faults: Readonly<Record<string, string>>;
  /** The station's own reason for a refusal (`number-taken`); `null` for anything else. */
  readonly reason: string | null;
  /** Carries out a command, one at a time. Answers what the station answered, or undefined when it did not. */
  run<T>(call: (client: StationClient) => Promise<T>, options?: { readonly done?: string }): Promise<T | undefined>;
  clear(): void;
}

/** A command to the station. Success is a short message; failure stays on the screen until the next try. */
export function useAct(): Act {
  const { t, language } = useWords();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  return {
    busy,
    problem: failure ? problemText(failure.error, t, language) : null,
    faults: failure ? fieldFaults(failure.error) : {},
    reason: failure ? conflictReason(failure.error) : null,
    clear: () => setFailure(null),
    run: async (call, options) => {
      if (busy) return undefined;
      setBusy(true);
      setFailure(null);
      const answer = await safe(Promise.resolve().then(() => call(station())));
      setBusy(false);
      if (answer.isSuccess) {
        if (options?.done !== undefined) void message.success(options.done);
        return answer.data;
      }
      setFailure({ error: answer.error });
      return undefined;
    },
  };
}
