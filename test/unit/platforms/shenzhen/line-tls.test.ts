import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../../../electron/station/runtime/errors.ts';
import { freePort } from '../../../peers/sockets.ts';
import { selfSigned } from '../../../support/certificates.ts';
import { until } from '../../../support/until.ts';
import { LinkWorld } from './link-world.ts';
import { RawEnd, rawEnd } from './raw-city.ts';

const CAR = { plate: '粤B12345' };

function files() {
  const directory = mkdtempSync(join(tmpdir(), 'line-tls-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const made = selfSigned();
  const [certFile, keyFile] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  writeFileSync(certFile, made.cert);
  writeFileSync(keyFile, made.key);
  return { ...made, certFile, keyFile };
}

async function cityWith({ cert, key }: { readonly cert: string; readonly key: string }) {
  const ends: RawEnd[] = [];
  const server = createServer({ cert, key }, (socket) => ends.push(new RawEnd(socket)));
  server.on('tlsClientError', () => undefined);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const { socket } of ends) socket.destroy();
    server.close();
  });
  return { ends, port };
}

it('we connect to a city whose certificate our authority signed, and to no other', async () => {
  const made = files();
  const { ends, port } = await cityWith(made);
  const trusting = await LinkWorld.open({ port, ca: made.cert, downlink: { tls: true } });
  onTestFinished(() => trusting.dispose());
  await until('somebody connects', () => ends.length === 1);
  const [end] = ends;
  if (!end) throw new Error('nobody');
  end.answer(await end.asked('login'));
  expect(await end.ask('orderPush', CAR)).toMatchObject({ code: 0 });
  expect(trusting.line.online).toBe(true);

  const careful = await LinkWorld.open({ port, downlink: { tls: true } });
  onTestFinished(() => careful.dispose());
  await until('it says why', () =>
    careful.log.lines.some(({ fields }) => String(fields['why']).includes('self-signed')),
  );
  // Nobody was told who we are.
  expect(ends).toHaveLength(1);
});

it('the city connects to us over TLS; who does not speak it is cut off', async () => {
  const { cert, certFile, keyFile } = files();
  const world = await LinkWorld.open({ role: 'server', downlink: { tls: true, certificate: { certFile, keyFile } } });
  onTestFinished(() => world.dispose());
  const plain = await rawEnd(world.port);
  plain.write('GET / HTTP/1.1\r\n\r\n');
  await plain.cutOff();
  const socket = connect({ host: '127.0.0.1', port: world.port, ca: cert, servername: 'localhost' });
  const end = new RawEnd(socket);
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  expect(await end.ask('orderPush', CAR)).toMatchObject({ code: 0 });
  expect(world.line.online).toBe(true);
});

it('a certificate that cannot be read is told as a fault of the settings', async () => {
  const certificate = { certFile: '/does/not/exist.pem', keyFile: '/does/not/exist.pem' };
  const open = LinkWorld.open({ role: 'server', downlink: { tls: true, certificate } });
  await expect(open).rejects.toThrow(ConfigError);
});

it('a server with TLS needs a certificate', async () => {
  await expect(LinkWorld.open({ role: 'server', downlink: { tls: true } })).rejects.toThrow(/certificate/);
});
