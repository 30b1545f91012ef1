import { z } from 'zod';

const relay = z.int().min(0).max(3);

/** Settings of a camera that pushes over HTTP (and often owns the relays of the barrier and the port of the display). */
export const settingsSchema = z.strictObject({
  serialNo: z.string().trim().min(1).max(60).describe('Serial number of the camera, as it stands in its pushes'),
  heartbeat: z
    .enum(['comet', 'normal'])
    .default('comet')
    .describe(
      'comet: the camera keeps a request open and takes commands at any time; normal: it takes commands only in reply to a plate',
    ),
  parkMs: z
    .int()
    .min(1000)
    .max(20_000)
    .default(4000)
    .describe("How long a comet request is kept open; must stay below the camera's own timeout, 5 s as delivered"),
  commandTtlMs: z
    .int()
    .min(1000)
    .max(60_000)
    .default(15_000)
    .describe('A command that the camera did not fetch within this time is dropped'),
  offlineAfterMs: z.int().min(5000).max(600_000).default(90_000).describe('Silence after which it counts as offline'),
  openChannel: relay.default(0).describe('Relay that raises the arm (channelNum)'),
  closeIo: relay.default(1).describe('Relay that lowers the arm'),
  closePulseMs: z.int().min(500).max(5000).default(500),
  holdIo: relay.default(0).describe('Relay that is kept on to hold the arm up'),
  inputs: z
    .array(
      z.strictObject({
        source: z.int().min(0).max(4).describe('0-3: inputs 1-4 of the camera, 4: over TCP'),
        role: z.string().min(1).max(40).describe('e.g. trigger-loop, safety-loop'),
        inverted: z.boolean().default(false).describe('The contact is closed while nothing is there'),
      }),
    )
    .max(5)
    .default([])
    .describe('What hangs on the inputs of the camera; others are ignored'),
  snapshotPort: z.int().min(1).max(65_535).default(8700).describe('Port of this station, told to the camera'),
  snapshotPath: z
    .string()
    .startsWith('/devices/vzenith-http')
    .max(200)
    .default('/devices/vzenith-http/snapshot')
    .describe('Where the camera uploads pictures that were asked for'),
});
export type VzenithSettings = z.output<typeof settingsSchema>;
