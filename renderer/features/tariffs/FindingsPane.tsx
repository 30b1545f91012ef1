import { useWords } from '../../lib/i18n/index.ts';
import { useAsk } from '../../office/use-ask.ts';
import { State } from '../../office/Values.tsx';
import type { Note } from './editor-context.ts';
import type { Check } from './findings.ts';
import type { Path } from './form.ts';
import { pathWords } from './path-words.ts';
import { versionWords } from './version-words.ts';

/** 检查: what blocks publishing and what to know, each leading to its field. */
export function FindingsPane(props: { notes: readonly Note[]; check: Check | null; onJump: (path: Path) => void }) {
  const { t } = useWords();
  const { notes, check } = props;
  const versions = useAsk((client) => client.tariffs.versions(), []);
  const red = check?.cases.filter(({ passed }) => !passed).length ?? 0;
  const blocking = notes.filter(({ severity }) => severity !== 'warning').length + red;
  return (
    <div className="tf-stack">
      <p role="status">
        {blocking > 0 ? (
          <State tone="stop">{t('tariffs.check.blocked', { n: blocking })}</State>
        ) : check === null ? (
          t('kit.loading')
        ) : (
          <State tone="go">{t('tariffs.check.ready')}</State>
        )}
      </p>
      {check && check.replaces.length > 0 && (
        <p className="tf-aside">
          {t('tariffs.check.replaces', {
            list: check.replaces.map((key) => versionWords(key, versions.data ?? [], t)).join('、'),
          })}
        </p>
      )}
      <ul className="tf-findings">
        {notes.map(({ path, severity, text }) => (
          <li key={`${path.join('.')} ${text}`}>
            <button type="button" onClick={() => props.onJump(path)}>
              <State tone={severity === 'error' ? 'stop' : severity === 'open' ? 'call' : 'info'}>
                {t(`tariffs.severity.${severity}`)}
              </State>
              <span>
                <b>{pathWords(path, t)}</b>
                {text}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {red > 0 && (
        <p className="tf-note" data-severity="error">
          {t('tariffs.check.redCases', { n: red })}
        </p>
      )}
    </div>
  );
}
