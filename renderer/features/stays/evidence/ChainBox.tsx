import { Button } from 'antd';
import { useState } from 'react';
import type { Evidence, EvidenceRow } from '../../../../shared/contract/evidence.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { State, When } from '../../../office/Values.tsx';

/** The rows of the journal that all of this rests on, each checked against its digest. */
export function ChainBox({ evidence: { timeline, anchor } }: { evidence: Evidence }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const broken = timeline.filter((row) => !row.intact).length;
  return (
    <Box
      title={t('stays.evidence.chain')}
      extra={
        <State tone={broken > 0 ? 'stop' : 'go'}>
          {broken > 0
            ? t('stays.evidence.chainBroken', { n: broken })
            : t('stays.evidence.chainWhole', { n: timeline.length })}
        </State>
      }
    >
      <p className="evidence-anchor">
        {t('stays.evidence.anchor', { seq: anchor.seq, hash: anchor.hash })}{' '}
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('stays.evidence.chainHide') : t('stays.evidence.chainRows', { n: timeline.length })}
        </Button>
      </p>
      {open && (
        <ul className="evidence-lines">
          {timeline.map((row) => (
            <Row key={row.seq} row={row} />
          ))}
        </ul>
      )}
    </Box>
  );
}

function Row({ row }: { row: EvidenceRow }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <li data-broken={!row.intact}>
      <code>#{row.seq}</code>
      <When at={row.at} />
      <strong>{row.title}</strong>
      <span>
        {[row.text, row.lane, row.actor.kind === 'station' ? null : row.actor.name].filter(Boolean).join(' · ')}
      </span>
      <small>{t(`stays.evidence.relation.${row.relation}`)}</small>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('stays.evidence.raw')}
      </Button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <pre tabIndex={0}>
          {JSON.stringify({ body: row.body, previousHash: row.previousHash, hash: row.hash }, null, 2)}
        </pre>
      )}
    </li>
  );
}
