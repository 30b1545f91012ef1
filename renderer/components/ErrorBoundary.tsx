import { Component, type ReactNode } from 'react';
import { i18n, wordsOf } from '../lib/i18n/index.ts';

/** The last net: a fault of the screen must say that the lanes go on, and offer the way back. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const t = wordsOf(i18n.language === 'en' ? 'en' : 'zh-CN');
    return (
      <div className="full-note" role="alert">
        <strong>{t('app.crashed')}</strong>
        <span>{t('app.crashedText')}</span>
        <button type="button" className="key-button" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </button>
      </div>
    );
  }
}
