import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const abs = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Packages with machine code stay outside the bundle and travel as `dependencies`; everything else is bundled. */
const native = ['better-sqlite3', 'serialport', '@serialport/bindings-cpp', 'sharp'];
const external = ['electron', ...native, ...builtinModules, /^node:/];

/** `npm run dev`: the screens come from Vite, everything else from the station that runs beside it. */
const station = process.env['GATEHOUSE_STATION'];
const proxy =
  station === undefined
    ? {}
    : { '/api': station, '/rpc': { target: station, ws: true }, '/practice': { target: station, ws: true } };

/**
 * One build for all three worlds: `client` is the UI, `main` holds every Node entry (the Electron shell, the station as a
 * utility process, the command line, the store's threads), `preload` is the one bridge, as a single CommonJS file because
 * a sandboxed preload cannot load others.
 */
export default defineConfig({
  root: abs('renderer'),
  base: './',
  plugins: [react()],
  builder: {},
  server: { proxy },
  environments: {
    client: {
      build: {
        outDir: abs('dist/renderer'),
        emptyOutDir: true,
        chunkSizeWarningLimit: 3000,
        // zod must be told not to make code from text before the first schema of any chunk is built.
        rolldownOptions: {
          output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|renderer\/app\/no-eval/ }] } },
        },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: native, conditions: ['node', 'import', 'module', 'default'] },
      build: {
        ssr: true,
        target: 'node24',
        minify: false,
        sourcemap: true,
        outDir: abs('dist/main'),
        emptyOutDir: true,
        rollupOptions: {
          input: {
            main: abs('electron/main/main.ts'),
            'station-process': abs('electron/main/station-process.ts'),
            headless: abs('electron/headless/main.ts'),
            'checkpoint-worker': abs('electron/station/store/checkpoint-worker.ts'),
            'table-worker': abs('electron/station/tables/worker.ts'),
            'reader-worker': abs('electron/station/store/reader/reader-worker.ts'),
            'practice-worker': abs('electron/station/practice-worker.ts'),
            'seal-worker': abs('electron/station/platforms/qingdao/seal-worker.ts'),
            'backup-worker': abs('electron/station/store/backup-worker.ts'),
            'verify-worker': abs('electron/station/evidence/verify-worker.ts'),
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        ssr: true,
        outDir: abs('dist/preload'),
        emptyOutDir: true,
        rollupOptions: {
          input: { preload: abs('electron/preload/preload.ts') },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
});
