import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { ensureBuilt, fingerprint, stampOf } from './build.mjs';
import { inRoot } from './paths.mjs';
import { say } from './say.mjs';

/** Longer than any run of the tests. */
const KEPT_MS = 3_600_000;
const PREFIX = 'tests-';

/**
 * Before the tests that start stations, once a run: the station as it ships, in a folder of its own, so that it stays what it is
 * while sources are edited and built anew. A start from it costs two thirds of one from four hundred sources, and a run of all tests
 * makes hundreds. With GATEHOUSE_TEST_SOURCES=1, or where the build fails, stations start from the sources.
 */
export async function setup() {
  if (process.env.GATEHOUSE_TEST_SOURCES === '1') return;
  const folder = await ownCopy();
  if (folder === undefined) say('the tests start their stations from the sources');
  else process.env.GATEHOUSE_TEST_STATION = folder;
}

/** The folder of the program of these sources; undefined: there is none. It lies where the program finds the screens from. */
async function ownCopy() {
  const from = fingerprint('main');
  const folder = inRoot('dist', `${PREFIX}${from.slice(0, 16)}`);
  if (!existsSync(folder)) {
    if (!(await ensureBuilt(['main']))) return undefined;
    const making = `${folder}.${process.pid}`;
    mkdirSync(making, { recursive: true });
    cpSync(inRoot('dist', 'main'), making, { recursive: true });
    // A build removes the stamp first and writes it last: with the stamp still there the copy is whole, and of these sources.
    const whole = existsSync(stampOf('main')) && readFileSync(stampOf('main'), 'utf8') === from;
    if (whole && !existsSync(folder)) renameSync(making, folder);
    else rmSync(making, { recursive: true, force: true });
    if (!existsSync(folder)) return undefined;
  }
  utimesSync(folder, new Date(), new Date());
  forgetOld();
  return folder;
}

function forgetOld() {
  for (const name of readdirSync(inRoot('dist')).filter((entry) => entry.startsWith(PREFIX))) {
    const path = inRoot('dist', name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat && stat.mtimeMs < Date.now() - KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}
