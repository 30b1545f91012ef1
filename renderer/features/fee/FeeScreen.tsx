import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { StationClient } from '../../../shared/contract/index.ts';
import type { StayView } from '../../../shared/contract/stays.ts';
import { PlateField } from '../../components/PlateField.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { Box, Page } from '../../office/Page.tsx';
import { Empty, Failed, Fetching } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { Leads } from '../../office/Values.tsx';
import { Candidates } from './Candidates.tsx';
import { QuotePanel } from './QuotePanel.tsx';
import './fee.css';

const SHOWN = 12;
/** The id of a car without a plate is longer than any plate. */
const LONGEST = 40;

/** Cars inside whose plate has this part, or that have no plate and whose id has it. */
async function carsLike(client: StationClient, part: string, signal: AbortSignal) {
  const page = { status: 'inside', page: 1, pageSize: SHOWN } as const;
  const found = await Promise.all([
    client.sessions.list({ plate: part.slice(0, 16), ...page }, { signal }),
    client.sessions.list({ identity: part, ...page }, { signal }),
  ]);
  // A plate of sixteen characters is none: only an id is as long.
  const [plates, ids] = part.length > 16 ? [{ items: [], total: 0 }, found[1]] : found;
  const seen = new Set(plates.items.map(({ uid }) => uid));
  const all = [...plates.items, ...ids.items.filter(({ uid }) => !seen.has(uid))];
  const total = plates.total + ids.total;
  return { part, cars: all.slice(0, SHOWN), more: total > SHOWN };
}

const fits = ({ plate, identity }: StayView, part: string): boolean =>
  plate.text.includes(part) || identity?.includes(part) === true;

/**
 * 费用查询: what a car inside costs now, for whoever asks at the window or on the phone. Typing goes to the search wherever the
 * focus is; arrows choose, Enter shows the fee.
 */
export function FeeScreen() {
  const { t } = useWords();
  const [query, change] = useQuery();
  const part = query['plate'] ?? '';
  const [marked, setMarked] = useState(0);
  const [chosen, setChosen] = useState<StayView | null>(null);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus(), []);
  const found = useAsk((client, signal) => (part === '' ? null : carsLike(client, part, signal)), [part]);
  // Until the answer comes, cars of the one before stand there: those that fit what is typed by now, and no key takes one of them.
  const answer = found.data?.part === part ? found.data : null;
  const cars = part === '' ? [] : (answer?.cars ?? found.data?.cars.filter((car) => fits(car, part)) ?? []);
  // Enter was faster than the answer: it opens the car when there is just one, and else asks to choose.
  const [eager, setEager] = useState<string | null>(null);
  useEffect(() => {
    if (answer === null || eager !== answer.part) return;
    setEager(null);
    const [only, ...others] = answer.cars;
    if (only && others.length === 0 && !answer.more) setChosen(only);
  }, [answer, eager]);
  const search = (raw: string): void => {
    setMarked(0);
    setChosen(null);
    change({
      plate: raw
        .replace(/[\s·.-]/g, '')
        .toUpperCase()
        .slice(0, LONGEST),
    });
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const car = cars[marked];
    if (step !== 0 && answer === null) setMarked(0);
    else if (step !== 0) setMarked(Math.max(0, Math.min(cars.length - 1, marked + step)));
    else if (event.key === 'Enter' && part !== '' && answer === null) setEager(part);
    else if (event.key === 'Enter' && car) setChosen(car);
    else if (event.key === 'Escape') search('');
    else return;
    event.preventDefault();
  };
  return (
    <Page title={t('nav.fee')} note={t('fee.searchHint')} fill>
      <div className="fee">
        <Box>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the field inside */}
          <div className="fee-search" onKeyDown={onKey}>
            <PlateField
              className="fee-field"
              label={t('fee.search')}
              value={part}
              onChange={search}
              field={field}
              goesOn
            />
          </div>
          {part === '' ? (
            <p className="fee-hint">{t('fee.typeMore')}</p>
          ) : answer === null && cars.length === 0 ? (
            found.failed && !found.busy ? (
              <Failed error={found.failed.error} onAgain={found.again} />
            ) : (
              <Fetching rows={4} />
            )
          ) : cars.length === 0 ? (
            <Empty title={t('fee.none')} text={t('fee.noneText')}>
              <Leads to="stays" place={{ query: { plate: part } }}>
                {t('fee.openStays')}
              </Leads>
            </Empty>
          ) : (
            <Candidates
              cars={cars}
              more={answer?.more ?? false}
              marked={marked}
              chosen={chosen?.uid ?? null}
              onMark={setMarked}
              onChoose={setChosen}
            />
          )}
        </Box>
        <div className="fee-panel">
          {chosen ? (
            <QuotePanel
              key={chosen.uid}
              stay={chosen}
              onLeave={() => {
                setChosen(null);
                field.current?.focus();
              }}
            />
          ) : (
            <Empty title={t('fee.choose')} text={t('fee.chooseText')} />
          )}
        </div>
      </div>
    </Page>
  );
}
