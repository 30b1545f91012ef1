import { safe } from '@orpc/client';
import { App } from 'antd';
import { useState } from 'react';
import type { MessageView } from '../../../shared/contract/outbox.ts';
import { useWords, type WordKey } from '../../lib/i18n/index.ts';
import { errorCode } from '../../lib/station/error-code.ts';

/** Runs one act on a message and says how it ended. */
export function useMessageAct(onDone: () => void) {
  const { t } = useWords();
  const { message: toast } = App.useApp();
  const [busy, setBusy] = useState(false);
  const run = async (call: () => Promise<MessageView>, done: WordKey): Promise<void> => {
    setBusy(true);
    const result = await safe(Promise.resolve().then(call));
    setBusy(false);
    if (result.isSuccess) {
      void toast.success(t(done));
      onDone();
      return;
    }
    const code = errorCode(result.error);
    const key: WordKey =
      code === 'FORBIDDEN'
        ? 'problem.forbidden.title'
        : code === 'CONFLICT'
          ? 'problem.conflict.title'
          : code === null
            ? 'problem.lost.title'
            : 'problem.failed.title';
    void toast.error(t(key));
  };
  return { busy, run };
}
