import { Button } from 'antd';
import { useState } from 'react';
import type { MessageDetail } from '../../../shared/contract/outbox.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { messageName } from './message-name.ts';
import { StatusTag } from './StatusTag.tsx';

export function MessageFacts({ message }: { message: MessageDetail }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const body = JSON.stringify(message.body, null, 2);
  const copy = (): void => {
    navigator.clipboard.writeText(body).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  const rows: readonly (readonly [string, string])[] = [
    [t('outbox.column.message'), `${messageName(message, t)} · ${message.message}`],
    [t('outbox.column.key'), message.key ?? '—'],
    [t('outbox.journalSeq'), String(message.journalSeq)],
    [t('outbox.attempts'), String(message.attempts)],
    [t('outbox.createdAt'), formatDateTime(message.createdAt)],
    ...(message.deliveredAt ? [[t('outbox.deliveredAt'), formatDateTime(message.deliveredAt)] as const] : []),
    ...(message.nextAttemptAt ? [[t('outbox.nextAttempt'), formatDateTime(message.nextAttemptAt)] as const] : []),
  ];
  return (
    <div className="facts">
      <StatusTag message={message} />
      {message.held && <p className="facts-held">{t('outbox.held')}</p>}
      {message.lastError !== null && (
        <div className="facts-error" role="note">
          <strong>{t('outbox.lastError')}</strong>
          <p>{message.lastError}</p>
        </div>
      )}
      <dl>
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="facts-body">
        <h3>{t('outbox.body')}</h3>
        <Button size="small" onClick={copy}>
          {t(copied ? 'outbox.copied' : 'outbox.copy')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>{body}</pre>
    </div>
  );
}
