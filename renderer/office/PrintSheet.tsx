import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { shanghaiDateTime } from '../../shared/domain/time.ts';
import { useWords } from '../lib/i18n/index.ts';
import { useLive } from '../lib/station/live.ts';
import { stationNow, useSession } from '../lib/station/session.ts';
import './print.css';

/**
 * What goes on paper: invisible on the screen, and alone on the page when it is printed. A4 with site, title, filter, who
 * printed it and when, and lines to sign on.
 */
export function PrintSheet(props: {
  title: string;
  filter?: string;
  landscape?: boolean;
  signatures?: readonly string[];
  children: ReactNode;
}) {
  const { t } = useWords();
  const site = useLive((state) => state.frame?.siteName) ?? '';
  const user = useSession((state) => state.user?.name) ?? '';
  return createPortal(
    <div className="print-sheet" data-landscape={props.landscape === true}>
      <header>
        <h1>{props.title}</h1>
        <p>
          {site}
          {props.filter !== undefined && ` · ${props.filter}`}
        </p>
      </header>
      {props.children}
      <footer>
        {props.signatures && (
          <div className="print-signatures">
            {props.signatures.map((who) => (
              <span key={who}>{who}：</span>
            ))}
          </div>
        )}
        <p>{t('kit.printedBy', { name: user, at: shanghaiDateTime(stationNow()) })}</p>
      </footer>
    </div>,
    document.body,
  );
}

/** Opens the printing dialog of the system. */
export function printPage(): void {
  window.print();
}
