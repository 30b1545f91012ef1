import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SummaryReporter } from './test/support/reporter.ts';

if (!process.versions.node.startsWith('24.'))
  throw new Error(`Tests need Node 24, this is ${process.versions.node}: start them with "npm test" or "npx vitest".`);

const abs = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const alias = { electron: abs('test/fakes/electron.ts') };

/** Puts something else in the place of a module, which must not be there for the next file. */
const alone = ['test/unit/platforms/qingdao/no-decoder.test.ts'];

/** Unit tests that take seconds each: whole files of rows, worker threads, slow hashes, random days. */
const heavy = [
  'test/unit/registry/imports.test.ts',
  'test/unit/tables/{read-table,hostile,xlsx-write}.test.ts',
  'test/unit/lanes/machine.properties.test.ts',
  'test/unit/tariff/properties.test.ts',
  'test/unit/tariff-office/{trial,replay}.test.ts',
  'test/unit/api/accounts.test.ts',
  'test/unit/station.test.ts',
  'test/unit/architecture/{scripts,layers}.test.ts',
  'test/unit/platforms/qingdao/{mqtt-link,send,day-check,day-check.properties,in-doubt,money.properties}.test.ts',
  'test/unit/platforms/qingdao/{departures,gate-payment,prepay,late-money,arrears,look-up}.test.ts',
  'test/unit/outbox/{daily-checks,office,speed,ageing}.test.ts',
  'test/unit/platforms/jpeg-fit.test.ts',
  'test/unit/evidence/{verify,verify-thread}.test.ts',
  'test/unit/store/{reader,reader-search,inside-of-years,power-cut}.test.ts',
  'test/unit/payments/killed.test.ts',
  'test/unit/platforms/cmb/{pay.properties,guarantee,autopay-bank}.test.ts',
  'test/unit/devices/demo-traffic.test.ts',
  'test/unit/platforms/shenzhen/{line,line-peer,hostile}.test.ts',
];

/** Files of one worker share the modules that they load: loading them anew for each takes as long as many of their tests. */
const shared = { isolate: false };

/** Where stations are started as processes: what they are started from is built once, beforehand. */
const stations = { globalSetup: ['scripts/lib/test-station.mjs'] };

/**
 * unit: pure or in-memory, well under a minute together · heavy: unit tests that take longer · alone: unit tests whose modules no
 * other file may meet · dom: React in happy-dom · integration: real files, sockets and brokers · simulation: whole days of a made-up car park · e2e: the whole station with
 * Chromium. `npm run check` runs unit and dom.
 */
export default defineConfig({
  resolve: { alias },
  test: {
    reporters: ['default', new SummaryReporter()],
    // Two more than there are cores: a third of the time goes into waiting for sockets, disks and a browser.
    maxWorkers: availableParallelism() + 2,
    projects: [
      {
        extends: true,
        test: {
          ...{ name: 'unit', environment: 'node', include: ['test/unit/**/*.test.ts'] },
          exclude: [...heavy, ...alone],
          // Milliseconds each on an idle machine; the limit is for one that hangs.
          testTimeout: 20_000,
          ...shared,
        },
      },
      // They take seconds on an idle machine, and the whole suite makes it anything but idle.
      {
        extends: true,
        test: {
          name: 'heavy',
          environment: 'node',
          include: heavy,
          testTimeout: 20_000,
          hookTimeout: 20_000,
          ...shared,
        },
      },
      { extends: true, test: { name: 'alone', environment: 'node', include: alone, testTimeout: 20_000 } },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/quick-styles.ts'],
          testTimeout: 20_000,
          ...shared,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          ...stations,
          ...shared,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Real processes, sockets and disks on a shared machine. Whatever needed it is named at the end of the run.
          retry: 1,
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          environment: 'node',
          include: ['test/simulation/**/*.test.ts'],
          testTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          ...stations,
          ...shared,
          setupFiles: ['test/support/explain-failures.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry: 1,
        },
      },
    ],
  },
});
