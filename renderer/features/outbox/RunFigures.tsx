import { foundSchema, type RunView, type TallyView } from '../../../shared/contract/reconciliations.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { interfaceName } from '../../lib/message-name.ts';
import { Box } from '../../office/Page.tsx';
import { State } from '../../office/Values.tsx';
import { countOf, expectedOf } from './run-title.ts';
import { verdictTones } from './run-tones.ts';

/** Those of which there are always some to be asked about, though there be none. */
const always = new Set(['delivered', 'waiting', 'refused', 'missing']);
const bad = new Set(['missing', 'refused', 'lost', 'extra']);

/** Messages of the journal first; a platform may have figures of others besides. */
function linesOf({ figures, theirs }: RunView) {
  const told = theirs.kind === 'told' ? theirs.figures : [];
  const known = new Set(figures.map(({ message }) => message));
  return [
    ...figures.map((figure) => ({ figure, told: told.find(({ message }) => message === figure.message) })),
    ...told.filter(({ message }) => !known.has(message)).map((each) => ({ figure: null, told: each })),
  ];
}

/** What should have been sent and what became of it, by kind of message, with the platform's own figures where it tells them. */
export function RunFigures({ run }: { run: RunView }) {
  const { t } = useWords();
  const shown = foundSchema.options.filter((found) => always.has(found) || countOf(run, found) > 0);
  const { theirs } = run;
  const told = theirs.kind === 'told';
  return (
    <Box title={t('outbox.run.figures')}>
      <div className="run-figures-box">
        <table className="run-figures">
          <thead>
            <tr>
              <th scope="col">{t('outbox.run.message')}</th>
              <th scope="col">{t('outbox.run.expected')}</th>
              {shown.map((found) => (
                <th key={found} scope="col">
                  {t(`outbox.run.found.${found}`)}
                </th>
              ))}
              {told && (
                <>
                  <th scope="col" className="run-books">
                    {t('outbox.run.ours')}
                  </th>
                  <th scope="col">{t('outbox.run.theirs')}</th>
                  <th scope="col">{t('outbox.run.verdict')}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {linesOf(run).map(({ figure, told: line }) => {
              const { message, title } = figure ?? line ?? { message: '', title: '' };
              return (
                <tr key={message}>
                  <th scope="row">
                    {interfaceName(message, title, t)} <small>{message}</small>
                  </th>
                  <td>{figure ? figure.expected.toLocaleString('en-US') : '—'}</td>
                  {shown.map((found) => (
                    <td key={found} data-bad={bad.has(found) && (figure?.found[found] ?? 0) > 0}>
                      {figure ? figure.found[found].toLocaleString('en-US') : '—'}
                    </td>
                  ))}
                  {told && <Books line={line} />}
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('outbox.run.sum')}</th>
              <td>{expectedOf(run).toLocaleString('en-US')}</td>
              {shown.map((found) => (
                <td key={found}>{countOf(run, found).toLocaleString('en-US')}</td>
              ))}
              {told && <td colSpan={3} />}
            </tr>
          </tfoot>
        </table>
      </div>
      <Note run={run} />
    </Box>
  );
}

function Books({ line }: { line: { ours: TallyView; theirs: TallyView | null; agrees: boolean } | undefined }) {
  const { t } = useWords();
  if (!line)
    return (
      <>
        <td className="run-books">—</td>
        <td>—</td>
        <td />
      </>
    );
  const verdict = line.agrees ? 'agrees' : 'differs';
  return (
    <>
      <td className="run-books">
        <Tally of={line.ours} />
      </td>
      <td data-bad={!line.agrees}>{line.theirs ? <Tally of={line.theirs} /> : t('outbox.run.untold')}</td>
      <td>
        <State tone={verdictTones[verdict]}>{t(`outbox.run.${verdict}`)}</State>
      </td>
    </>
  );
}

function Tally({ of }: { of: TallyView }) {
  return (
    <>
      {of.count.toLocaleString('en-US')}
      {of.amountFen !== null && <span className="run-amount">{formatMoney(of.amountFen)}</span>}
    </>
  );
}

function Note({ run: { theirs, purpose, state } }: { run: RunView }) {
  const { t } = useWords();
  if (purpose === 'backfill' || state === 'running') return null;
  const said = {
    none: () => t('outbox.run.theirsNone'),
    'not-a-day': () => t('outbox.run.theirsNotADay'),
    failed: () => t('outbox.run.theirsFailed', { reason: theirs.kind === 'failed' ? theirs.reason : '' }),
    told: () => t('outbox.run.theirsNote'),
  }[theirs.kind]();
  return (
    <>
      <p className="message-note">{said}</p>
      {theirs.kind === 'told' && theirs.note !== '' && <p className="message-note run-note">{theirs.note}</p>}
    </>
  );
}
