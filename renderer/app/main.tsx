import './no-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openPracticeTransport, openTransport } from '../bridge.ts';
import { startI18n } from '../lib/i18n/index.ts';
import { usePrefs } from '../lib/prefs.ts';
import { keepConnected } from '../lib/station/connection.ts';
import { practising } from '../lib/station/practice.ts';
import { App } from './App.tsx';
import './theme.css';

startI18n(usePrefs.getState().language);

const host = document.getElementById('root');
if (!host) throw new Error('index.html has no #root');

createRoot(host).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

void keepConnected({
  open: practising ? openPracticeTransport : openTransport,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  signal: new AbortController().signal,
});
