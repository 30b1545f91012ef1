import type { Layer } from './architecture/rules.ts';

/**
 * Who may import what. A folder that is not named here, or an import that is not allowed here, fails the build: a new
 * dependency is a decision, and this file is where it is taken.
 */

export const checkedFolders = ['shared', 'electron', 'renderer', 'test', 'scripts'] as const;

const domain = 'shared/domain';
const contract = 'shared/contract';
const runtime = 'electron/station/runtime';
const station = 'electron/station';
const devicePort = `${station}/devices/device.ts`;
const platformPort = `${station}/platforms/platform.ts`;
const outboundPort = `${station}/platforms/outbound.ts`;

/** The vocabulary: pure TypeScript for both sides. */
const sharedLayers: readonly Layer[] = [
  { path: domain, packages: ['zod'] },
  { path: contract, own: [domain], packages: ['zod', '@orpc/contract'] },
];

/**
 * The core knows no platform and no device. It may name the two ports as types, so that what is handed in has a shape.
 */
const coreLayers: readonly Layer[] = [
  { path: runtime, own: [domain], packages: ['pino'], node: ['*'], ambient: true },
  { path: `${station}/tariff`, own: [domain] },
  { path: `${station}/journal`, own: [domain, runtime], packages: ['zod'], node: ['crypto'] },
  {
    path: `${station}/store`,
    own: [domain, runtime, `${station}/journal`],
    types: [outboundPort],
    packages: ['better-sqlite3', 'zod'],
    node: ['crypto', 'fs', 'fs/promises', 'os', 'path', 'url', 'worker_threads'],
  },
  {
    path: `${station}/payments`,
    own: [domain, runtime, `${station}/journal`, `${station}/store`, `${station}/tariff`],
    packages: ['zod'],
    node: ['crypto'],
  },
  {
    path: `${station}/lanes`,
    own: [
      domain,
      contract,
      runtime,
      `${station}/devices/narrow.ts`,
      ...['journal', 'store', 'tariff', 'payments', 'shifts'].map((name) => `${station}/${name}`),
    ],
    // The port, and the questions "is this a camera, a barrier" that go with it.
    types: [devicePort],
    packages: ['zod'],
    node: ['crypto', 'fs', 'fs/promises', 'path'],
  },
  // Cars at the kerb: what lanes decide behind barriers, decided for berths.
  {
    path: `${station}/berths`,
    own: [
      domain,
      contract,
      runtime,
      ...['journal', 'store', 'tariff', 'payments', 'shifts', 'lanes'].map((name) => `${station}/${name}`),
    ],
    types: [devicePort],
    packages: ['zod'],
    node: ['crypto'],
  },
  // Files of rows that people keep elsewhere: read and written off the lane's thread.
  {
    path: `${station}/tables`,
    own: [domain, runtime],
    packages: ['zod', 'fflate'],
    node: ['fs/promises', 'path', 'stream', 'url', 'worker_threads', 'zlib'],
  },
  {
    path: `${station}/registry`,
    own: [
      domain,
      contract,
      runtime,
      ...['journal', 'store', 'tariff', 'payments', 'lanes', 'tables'].map((name) => `${station}/${name}`),
    ],
    packages: ['zod'],
    node: ['crypto'],
  },
  {
    path: `${station}/tariff-office`,
    own: [
      domain,
      contract,
      runtime,
      ...['journal', 'store', 'tariff', 'payments', 'tables'].map((name) => `${station}/${name}`),
      // HTML from a template, everything put in escaped.
      `${station}/evidence/markup.ts`,
    ],
    packages: ['zod'],
    node: ['crypto'],
  },
  {
    path: `${station}/shifts`,
    own: [domain, runtime, `${station}/journal`, `${station}/store`],
    packages: ['zod'],
  },
  {
    path: `${station}/reports`,
    own: [domain, runtime, `${station}/journal`, `${station}/store`, `${station}/tables`],
    packages: ['zod'],
  },
  {
    path: `${station}/evidence`,
    own: [domain, contract, runtime, ...['journal', 'store', 'tariff'].map((name) => `${station}/${name}`)],
    packages: ['zod'],
    node: ['crypto', 'fs/promises', 'path', 'worker_threads'],
  },
  // Copies of the database: made and checked off the lane's thread, put in place of the present one by a start.
  {
    path: `${station}/backup`,
    own: [domain, contract, runtime, `${station}/store`, `${station}/evidence`],
    packages: ['zod'],
    node: ['crypto', 'fs', 'fs/promises', 'path', 'stream/promises'],
  },
  {
    path: `${station}/outbox`,
    own: [domain, contract, runtime, `${station}/journal`, `${station}/store`],
    types: [platformPort],
    packages: ['zod'],
  },
  // What drivers are shown and told at a lane, what they are given on paper, and what they hold before a scan gun.
  ...['announcing', 'printing', 'scanning'].map((name) => ({
    path: `${station}/${name}`,
    own: [
      domain,
      contract,
      runtime,
      `${station}/devices/narrow.ts`,
      ...['journal', 'store', 'payments', 'lanes', 'shifts', 'reports', 'registry'].map((room) => `${station}/${room}`),
    ],
    types: [devicePort],
    packages: ['zod'],
  })),
];

/** The outside world: each kind in its own folder, and none knows another. */
const edgeLayers: readonly Layer[] = [
  // What platforms share lies beside them; each subfolder is one platform and sees no other.
  {
    path: `${station}/platforms`,
    flat: true,
    own: [domain, runtime],
    // The shapes of what a platform offers (a channel, a word at a lane) and of the services it acts through.
    types: ['lanes', 'payments', 'registry', 'store'].map((name) => `${station}/${name}`),
    packages: ['zod', 'undici', 'mqtt', 'node-forge', 'sharp'],
    node: ['buffer', 'crypto', 'dns/promises', 'fs', 'net', 'stream', 'tls'],
  },
  {
    path: `${station}/platforms/*`,
    own: [domain, runtime, `${station}/platforms`],
    types: ['lanes', 'payments'].map((name) => `${station}/${name}`),
    packages: ['zod', 'undici', 'mqtt', 'node-forge'],
    node: ['buffer', 'crypto', 'fs', 'net', 'stream', 'tls', 'worker_threads'],
  },
  { path: `${station}/platforms/registry.ts`, own: [platformPort, `${station}/platforms/*`] },
  { path: `${station}/platforms/create.ts`, own: [domain, platformPort, `${station}/platforms/registry.ts`] },
  // One driver a folder, and what drivers share beside them, as with platforms.
  {
    path: `${station}/devices`,
    flat: true,
    own: [domain, runtime],
    packages: ['zod'],
    node: ['buffer', 'crypto'],
  },
  {
    path: `${station}/devices/*`,
    own: [domain, runtime, `${station}/devices`],
    packages: ['zod'],
    node: ['buffer', 'crypto'],
  },
  // The ways to the devices: only here is a port, a socket or a broker opened; drivers are handed them.
  {
    path: `${station}/devices/links`,
    own: [runtime, `${station}/devices/links.ts`],
    packages: ['mqtt', 'serialport'],
    node: ['fs', 'http', 'net'],
  },
  { path: `${station}/devices/registry.ts`, own: [domain, devicePort, `${station}/devices/*`] },
  // What this car park is: the settings of every driver and platform are checked by their owners.
  {
    path: `${station}/configuration`,
    own: [
      domain,
      contract,
      runtime,
      ...['store', 'registry', 'demo', 'api/accounts.ts', 'provision.ts', 'device-sharing.ts'].map(
        (name) => `${station}/${name}`,
      ),
      `${station}/devices/registry.ts`,
      `${station}/platforms/registry.ts`,
    ],
    types: [platformPort],
    packages: ['zod'],
    node: ['crypto'],
  },
  {
    path: `${station}/inbound`,
    own: [domain, contract, runtime, `${station}/api`],
    types: [devicePort, platformPort],
    packages: ['zod', 'fastify', '@fastify/static', 'ws', '@orpc/server', '@orpc/openapi', '@orpc/zod'],
    node: ['crypto', 'fs', 'fs/promises', 'http', 'https', 'net', 'os', 'path', 'stream', 'tls', 'url'],
  },
  {
    path: `${station}/api`,
    own: [
      domain,
      contract,
      runtime,
      ...[
        'journal',
        'store',
        'tariff',
        'payments',
        'tariff-office',
        'registry',
        'lanes',
        'berths',
        'shifts',
        'reports',
        'evidence',
        'tables',
        'outbox',
        'announcing',
        'printing',
        'scanning',
      ].map((name) => `${station}/${name}`),
    ],
    types: [devicePort, platformPort, `${station}/configuration`, `${station}/backup`],
    packages: ['zod', '@orpc/server', '@orpc/openapi', '@orpc/zod', '@orpc/contract', 'fastify', 'ws'],
    node: ['crypto', 'events', 'http', 'stream'],
  },
  // Lessons for new cashiers: cars through virtual devices, looked at in the journal of the practice station.
  {
    path: `${station}/practice`,
    own: [
      domain,
      contract,
      runtime,
      `${station}/devices`,
      `${station}/devices/*`,
      ...['journal', 'store', 'lanes', 'registry', 'payments'].map((name) => `${station}/${name}`),
    ],
    types: [`${station}/api`, platformPort],
    packages: ['zod'],
    node: ['fs', 'path', 'worker_threads'],
  },
  {
    path: `${station}/demo`,
    own: [domain, runtime, `${station}/tariff`, `${station}/devices`, `${station}/devices/*`],
    types: [`${station}/lanes`, `${station}/store`],
    packages: ['zod'],
    node: ['fs', 'fs/promises', 'path', 'url'],
  },
];

/** Whoever puts the parts together knows everybody. */
const everyRoom = [
  domain,
  contract,
  ...coreLayers.map((layer) => layer.path),
  ...edgeLayers.map((layer) => layer.path),
];
const compositionLayers: readonly Layer[] = [
  // Files that lie directly in the station's folder: the composition root and its parts.
  {
    path: station,
    flat: true,
    own: everyRoom,
    packages: ['zod', '@orpc/server', '@orpc/client'],
    node: ['*'],
  },
  { path: 'electron/headless', own: [...everyRoom, station], packages: ['zod'], node: ['*'], ambient: true },
  {
    path: 'electron/main',
    own: [domain, contract, runtime, station],
    packages: ['electron', 'zod'],
    node: ['*'],
    ambient: true,
  },
  { path: 'electron/preload', own: [domain, contract], packages: ['electron'], ambient: true },
];

const screenPackages = [
  ...['react', 'react-dom', 'antd', '@ant-design/icons', 'zustand', 'i18next', 'react-i18next', '@orpc/client', 'zod'],
  ...['@tanstack/react-virtual', 'echarts', 'dayjs'],
];
const screen = { packages: screenPackages, ambient: true } as const;
const uiBasis = [domain, contract, 'renderer/lib'];
const uiKit = [...uiBasis, 'renderer/components', 'renderer/events', 'renderer/office'];

/** The UI: features do not know each other; what two of them need lies below them. */
const rendererLayers: readonly Layer[] = [
  { path: 'renderer/lib', own: [domain, contract], ...screen },
  { path: 'renderer/components', own: uiBasis, ...screen },
  { path: 'renderer/events', own: uiBasis, ...screen },
  { path: 'renderer/office', own: [...uiBasis, 'renderer/components', 'renderer/events'], ...screen },
  { path: 'renderer/features/*', own: uiKit, ...screen },
  // The cashier's shift and lock are opened from the booth's keys.
  { path: 'renderer/features/shift', own: uiKit, ...screen },
  { path: 'renderer/features/booth', own: [...uiKit, 'renderer/features/shift'], ...screen },
  {
    path: 'renderer',
    own: [...uiKit, 'renderer/features/*', 'renderer/features/shift', 'renderer/features/booth'],
    ...screen,
  },
];

/** Tests may import all that they test. The other side of a platform may not: it is written from the specification alone. */
const testLayers: readonly Layer[] = [
  {
    path: 'test',
    own: ['*'],
    packages: ['*'],
    node: ['*'],
    ambient: true,
  },
  { path: 'test/peers', own: ['test/support'], packages: ['*'], node: ['*'], ambient: true },
];

const scripts: Layer = {
  path: 'scripts',
  own: ['electron/headless'],
  packages: ['oxc-parser', 'playwright-core', 'vite'],
  node: ['*'],
  ambient: true,
};

export const layers: readonly Layer[] = [
  ...sharedLayers,
  ...coreLayers,
  ...edgeLayers,
  ...compositionLayers,
  ...rendererLayers,
  ...testLayers,
  scripts,
];
