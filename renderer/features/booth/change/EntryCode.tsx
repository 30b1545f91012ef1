import { lazy, Suspense } from 'react';
import { useWords } from '../../../lib/i18n/index.ts';
import { useChange } from './change-store.ts';
import './change.css';

const QrImage = lazy(async () => ({ default: (await import('../pay/QrImage.tsx')).QrImage }));

/** 入场小票: a car that came in without a plate, its number, and the page where its driver pays before leaving. Nothing here is printed. */
export function EntryCode({ identity }: { identity: string }) {
  const { t } = useWords();
  const url = useChange((state) => state.entryPage);
  if (url === null) return null;
  return (
    <section className="change-order" data-code="true" aria-label={t('boothMore.change.entryTitle')}>
      <Suspense fallback={<div className="pay-code" />}>
        <QrImage text={url} label={t('boothMore.change.entryTitle')} />
      </Suspense>
      <div className="change-told">
        <p className="change-no">
          {t('boothMore.change.ticket')} <b>{identity}</b>
        </p>
        <p className="change-todo">{t('boothMore.change.entryText')}</p>
      </div>
    </section>
  );
}
