import { afterEach, beforeEach, expect, test } from 'vitest';
import { HikvisionCamera, type HikvisionOptions } from '../../../peers/hikvision/index.ts';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import { until } from '../../../support/until.ts';
import { ask, Ear } from '../camera/client.ts';

const CAPTURED = Date.UTC(2026, 10, 22, 1, 30, 0);
const PICTURE = { type: 'detectionPicture', bytes: Buffer.from('ffd8ffd9', 'hex') } as const;
const GOLDEN = `-----------------------------7e13971310878
Content-Disposition: form-data; name="anpr.xml"; filename="anpr.xml"
Content-Type: text/xml

<?xml version="1.0" encoding="UTF-8"?><EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><ipAddress>192.168.1.64</ipAddress>
<portNo>80</portNo><protocol>HTTP</protocol><macAddress>44:19:b6:00:00:01</macAddress><channelID>1</channelID><dateTime>2026-11-22T09:30:00+08:00</dateTime>
<activePostCount>1</activePostCount><eventType>ANPR</eventType><eventState>active</eventState><eventDescription>ANPR</eventDescription>
<ANPR><licensePlate>粤B12345</licensePlate><line>1</line><direction>forward</direction><confidenceLevel>97</confidenceLevel><plateType>92TypeCivil</plateType>
<plateColor>blue</plateColor><plateCharBelieve>99,99,98,97,99,99,96</plateCharBelieve><vehicleType>vehicle</vehicleType><alarmDataType>0</alarmDataType>
<pictureInfoList><pictureInfo><fileName>detectionPicture.jpg</fileName><type>detectionPicture</type><dataType>0</dataType></pictureInfo></pictureInfoList></ANPR>
<UUID>b6c0f7a2-0001</UUID><picNum>1</picNum></EventNotificationAlert>
-----------------------------7e13971310878
Content-Disposition: form-data; name="detectionPicture.jpg"; filename="detectionPicture.jpg"
Content-Type: image/jpeg

PICTURE
-----------------------------7e13971310878--
`;

let camera: HikvisionCamera;
const ear = new Ear();
const start = async (options: HikvisionOptions = {}): Promise<number> => {
  camera = new HikvisionCamera(options);
  await camera.start();
  camera.pushTo(`${ear.url}/lane/1`);
  return camera.port;
};
const told = (index: number): string => ear.heard[index]?.body.toString('utf8') ?? '';
beforeEach(async () => {
  ear.heard.length = 0;
  ear.answer = { status: 200, body: '' };
  await ear.start();
});
afterEach(async () => {
  await camera.stop();
  await ear.stop();
});

test('pushes what the document shows', async () => {
  await start();
  await camera.see({ plate: '粤B12345', capturedAt: CAPTURED, uuid: 'b6c0f7a2-0001', pictures: [PICTURE] });
  const [headers] = GOLDEN.split('<?xml');
  expect(ear.heard[0]).toMatchObject({
    url: '/lane/1',
    type: 'multipart/form-data; boundary=---------------------------7e13971310878',
  });
  const body = ear.heard[0]?.body.toString('latin1') ?? '';
  expect(body.split('<?xml')[0]).toBe(headers?.replaceAll('\n', '\r\n'));
  // The document breaks the line between elements where it is too long to print.
  const flat = (text: string): string => text.replace(/>\r?\n</g, '><').replaceAll('\r\n', '\n');
  const golden = Buffer.from(GOLDEN.replace('PICTURE', '\u00ff'))
    .toString('latin1')
    .replace('\u00c3\u00bf', '\xff\xd8\xff\xd9');
  expect(flat(body)).toBe(flat(golden));
});

test('a plate ahead of the picture, the same event', async () => {
  await start({ plateFirst: true });
  await camera.see({ plate: '粤B12345', pictures: [PICTURE, PICTURE] });
  expect(told(0)).toContain('<hasMoreData>true</hasMoreData>');
  expect(told(0)).toContain('<picNum>0</picNum>');
  expect(told(1)).toMatch(/name="detectionPicture_1.jpg"[\s\S]*name="detectionPicture_2.jpg"/);
  const uuids = [told(0), told(1)].map((text) => /<UUID>(.*)<\/UUID>/.exec(text)?.[1]);
  expect(uuids[0]).toBe(uuids[1]);
});

test('other firmware: prefix, namespace, boundary and names', async () => {
  const dialect = { namespace: 'hikvision', prefix: 'ns', boundary: 'MIME', eventPart: 'Event.xml' } as const;
  await start({ dialect: { ...dialect, eventType: 'application/xml', numberPictures: true } });
  await camera.see({ plate: 'unknown', uuid: null, pictures: [PICTURE] });
  expect(told(0)).toContain('--MIME\r\nContent-Disposition: form-data; name="Event.xml"');
  expect(told(0)).toContain('<ns:EventNotificationAlert version="2.0" xmlns:ns="http://www.hikvision.com/ver20/');
  expect(told(0)).toContain('<ns:licensePlate>unknown</ns:licensePlate>');
  expect(told(0)).toContain('detectionPicture_1.jpg');
  expect(told(0)).not.toContain('UUID');
});

test('a picture by address is fetched behind the login', async () => {
  const port = await start();
  await camera.see({ plate: '粤B12345', pictures: [{ ...PICTURE, byUrl: true }] });
  const url = /<dataType>1<\/dataType><pictureURL>(.*)<\/pictureURL>/.exec(told(0))?.[1] ?? '';
  const answer = await ask(port, 'GET', new URL(url).pathname);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(PICTURE.bytes);
  expect(told(0)).not.toContain('image/jpeg');
});

test('what nobody answered is sent again, the same', async () => {
  await start({ resends: 2, resendPauseMs: 1 });
  camera.manner = { deaf: true };
  await camera.see({ plate: '粤B12345' });
  expect(ear.heard).toHaveLength(3);
  expect(new Set(ear.heard.map(({ body }) => body.toString())).size).toBe(1);
  expect(camera.pushes.map(({ error }) => error)).toEqual(['deaf', 'deaf', 'deaf']);
});

test('what was kept comes as history', async () => {
  await start();
  camera.keep({ plate: '粤B12345' });
  await camera.sendKept();
  expect(told(0)).toContain('<alarmDataType>1</alarmDataType><barrierGateCtrlType>0</barrierGateCtrlType>');
});

test('a body in pieces arrives whole, a body that is cut does not', async () => {
  await start();
  camera.manner = { splitAt: [1, 30, 700] };
  await camera.see({ plate: '粤B12345', pictures: [PICTURE] });
  expect(ear.heard[0]?.pieces).toBeGreaterThan(1);
  camera.manner = { cutAt: 300 };
  await camera.see({ plate: '粤B12345', pictures: [PICTURE] });
  expect(ear.heard).toHaveLength(1);
  expect(camera.pushes.map(({ status }) => status)).toEqual([200, null]);
});

test('pushes where it is told, and complains of a wrong host and of a wrong answer', async () => {
  const port = await start({ needsBaseline: true });
  const { port: earPort } = new URL(ear.url);
  const host = (protocol: string): string =>
    `<HttpHostNotification><id>1</id><url>/told</url><protocolType>HTTP</protocolType><parameterFormatType>${protocol}` +
    '</parameterFormatType><addressingFormatType>ipaddress</addressingFormatType><ipAddress>127.0.0.1</ipAddress>' +
    `<portNo>${earPort}</portNo><httpAuthenticationMethod>none</httpAuthenticationMethod></HttpHostNotification>`;
  await ask(port, 'PUT', '/ISAPI/Event/notification/httpHosts/1', host('JSON'));
  expect(camera.complaints).toEqual(['httpHosts: parameterFormatType "JSON"']);
  await ask(port, 'PUT', '/ISAPI/Event/notification/httpHosts/1', host('XML'));
  await camera.see({ plate: '粤B12345' });
  expect(ear.heard).toEqual([]);
  const baseline =
    '<AlarmHttpPushProtocol><baseLineProtocolEnabled>true</baseLineProtocolEnabled></AlarmHttpPushProtocol>';
  await ask(port, 'PUT', '/ISAPI/Traffic/ANPR/alarmHttpPushProtocol', baseline);
  ear.answer = { status: 200, body: 'thanks' };
  await camera.see({ plate: '粤B12345' });
  expect(ear.heard.map(({ url }) => url).sort()).toEqual(['/lane/1', '/told']);
  expect(camera.complaints.slice(1)).toEqual(['answer to an event: thanks', 'answer to an event: thanks']);
});

test('the alarm stream beats, tells, and is cut inside a part', async () => {
  const port = await start({ heartbeatMs: 20 });
  const answer = await ask(port, 'GET', '/ISAPI/Event/notification/alertStream');
  expect(answer.headers.get('content-type')).toBe('multipart/mixed; boundary=boundary');
  let heard = '';
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) heard += Buffer.from(chunk).toString('latin1');
  })().catch(() => 'cut');
  await until('a heartbeat', () =>
    /--boundary\r\n[\s\S]*<eventType>videoloss<\/eventType><eventState>inactive</.test(heard),
  );
  camera.streamFault.pieces = 7;
  await camera.see({ plate: '粤B12345', pictures: [{ ...PICTURE, bytes: tinyJpeg() }] });
  await until('the picture', () => heard.includes(`Content-Length: 159\r\n\r\n${tinyJpeg().toString('latin1')}\r\n`));
  camera.streamFault.cutAt = 40;
  expect(await reading).toBe('cut');
  await until('it is gone', () => camera.stream.listeners === 0);
});
