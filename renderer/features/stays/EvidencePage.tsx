import { Button } from 'antd';
import { useEffect } from 'react';
import type { Evidence } from '../../../shared/contract/evidence.ts';
import { Plate } from '../../components/Plate.tsx';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { errorCode } from '../../lib/station/error-code.ts';
import { Page } from '../../office/Page.tsx';
import { Empty, Failed, Fetching, Problem } from '../../office/States.tsx';
import { carName, StayStatus } from '../../office/stay/StayWords.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { EvidenceActs } from './EvidenceActs.tsx';
import { EvidencePrint } from './evidence/EvidencePrint.tsx';
import { EvidenceView } from './evidence/EvidenceView.tsx';

/** The way through the list that this page was opened from. */
export interface Neighbours {
  readonly at: number;
  readonly of: number;
  /** False: there are more than that. */
  readonly exact: boolean;
  readonly step: (by: number) => void;
}

const typing =
  'input, textarea, [role="textbox"], [role="combobox"], [role="slider"], [role="dialog"] *, .viewer-glass';

/** 证据: everything that is known of one stay. ← and → go through the list, Esc goes back to it. */
export function EvidencePage(props: { uid: string; neighbours: Neighbours | null; onChanged: () => void }) {
  const { t } = useWords();
  const { uid, neighbours } = props;
  const [query] = useQuery();
  const asked = useAsk((client, signal) => client.evidence.get({ uid }, { signal }), [uid]);
  const back = (): void => go('stays', { query });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (
        document.querySelector('.ant-modal-wrap') ||
        (event.target instanceof Element && event.target.closest(typing))
      )
        return;
      if (event.key === 'ArrowLeft') neighbours?.step(-1);
      else if (event.key === 'ArrowRight') neighbours?.step(1);
      else if (event.key === 'Escape') go('stays', { query });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [neighbours, query]);
  const evidence = asked.data;
  const changed = (): void => {
    asked.again();
    props.onChanged();
  };
  return (
    <Page
      title={evidence ? <Title evidence={evidence} /> : t('nav.stays')}
      note={
        <span className="evidence-way">
          <Button onClick={back}>{t('stays.back')}</Button>
          <Button disabled={!neighbours || neighbours.at <= 1} onClick={() => neighbours?.step(-1)}>
            ← {t('stays.previous')}
          </Button>
          <Button disabled={!neighbours || neighbours.at >= neighbours.of} onClick={() => neighbours?.step(1)}>
            {t('stays.next')} →
          </Button>
          {neighbours && <span>{placeText(neighbours, t)}</span>}
        </span>
      }
      actions={evidence && <EvidenceActs evidence={evidence} onChanged={changed} />}
    >
      {evidence ? (
        <>
          {asked.failed && <Problem text={null} error={asked.failed.error} onAgain={asked.again} />}
          <EvidenceView evidence={evidence} onChanged={changed} />
          <EvidencePrint evidence={evidence} />
        </>
      ) : asked.failed ? (
        errorCode(asked.failed.error) === 'NOT_FOUND' ? (
          <Empty title={t('stays.missing')}>
            <Button onClick={back}>{t('stays.back')}</Button>
          </Empty>
        ) : (
          <Failed error={asked.failed.error} onAgain={asked.again} />
        )
      ) : (
        <Fetching rows={8} />
      )}
    </Page>
  );
}

function placeText({ at, of, exact }: Neighbours, t: Translate): string {
  const n = of.toLocaleString('en-US');
  return t('stays.evidence.more', { at, n: exact ? n : t('outbox.atLeast', { n }) });
}

function Title({ evidence: { stay } }: { evidence: Evidence }) {
  const { t } = useWords();
  return (
    <span className="evidence-title">
      {stay.plate.text === '' ? carName(stay, t) : <Plate plate={stay.plate} size={24} />}
      <StayStatus status={stay.status} />
    </span>
  );
}
