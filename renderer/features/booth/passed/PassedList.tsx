import { keyLabel, useBoothWords } from '../keymap/key-names.ts';
import { perform } from '../keys.ts';
import { openDialog } from '../store.ts';
import { PassedLine } from './PassedLine.tsx';
import { usePassages } from './passages.ts';
import './passed.css';

const SHOWN = 8;

/** 最近过车: the last cars in and out with their pictures; one press shows the whole. */
export function PassedList() {
  const { t, keys } = useBoothWords();
  const passages = usePassages().slice(0, SHOWN);
  return (
    <section className="passed">
      <header>
        <h2>{t('boothMore.passed.title')}</h2>
        <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => perform('passed')}>
          {t('boothMore.passed.all')} <kbd>{keyLabel(keys.passed)}</kbd>
        </button>
      </header>
      {passages.length === 0 ? (
        <p className="events-empty">{t('side.noEvents')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard
        <ol tabIndex={0} aria-label={t('boothMore.passed.title')}>
          {passages.map((passed) => (
            <li key={passed.seq}>
              <button
                type="button"
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => openDialog({ kind: 'passed', laneId: null, passageId: null, uid: passed.uid })}
              >
                <PassedLine passed={passed} />
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
