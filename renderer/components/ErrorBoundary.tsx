import { Component, type ReactNode } from 'react';
import { i18n, wordsOf } from '../lib/i18n/index.ts';

/** What browsers and the bundler say when a part of the program is not there (any more): another version was installed meanwhile. */
const STALE =
  /dynamically imported module|Importing a module script failed|Unable to preload CSS|error loading .*module/i;

/**
 * The net beneath a screen: its fault must say that the lanes go on, and offer the way back. A part of the program that could
 * not be fetched is told apart, because loading anew mends it.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: 'crashed' | 'stale' | null }> {
  override state: { failed: 'crashed' | 'stale' | null } = { failed: null };

  static getDerivedStateFromError(error: unknown): { failed: 'crashed' | 'stale' } {
    return { failed: error instanceof Error && STALE.test(error.message) ? 'stale' : 'crashed' };
  }

  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    const t = wordsOf(i18n.language === 'en' ? 'en' : 'zh-CN');
    return (
      <div className="full-note" role="alert">
        <strong>{t(`app.${failed}`)}</strong>
        <span>{t(`app.${failed}Text`)}</span>
        <button type="button" className="key-button" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </button>
      </div>
    );
  }
}
