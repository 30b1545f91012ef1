import type { ConfigurationFault } from '../../../shared/contract/configuration.ts';
import { useWords } from '../../lib/i18n/index.ts';

/** Faults of a document that no form shows, by their places in it. */
export function FaultList({ faults }: { faults: readonly ConfigurationFault[] }) {
  const { language } = useWords();
  return (
    <ul className="set-warnings" data-tone="stop">
      {faults.slice(0, 30).map((fault) => (
        <li key={`${fault.path.join('.')} ${fault.message}`}>
          <code>{fault.path.join('.')}</code> {language === 'en' ? fault.message : fault.messageZh}
        </li>
      ))}
    </ul>
  );
}
