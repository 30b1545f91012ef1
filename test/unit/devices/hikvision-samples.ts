/** The push of the specification, line ends of the form CR LF. */
export const HIK_EVENT = `<?xml version="1.0" encoding="UTF-8"?><EventNotificationAlert version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema"><ipAddress>192.168.1.64</ipAddress>
<portNo>80</portNo><protocol>HTTP</protocol><macAddress>44:19:b6:00:00:01</macAddress><channelID>1</channelID><dateTime>2026-11-22T09:30:00+08:00</dateTime>
<activePostCount>1</activePostCount><eventType>ANPR</eventType><eventState>active</eventState><eventDescription>ANPR</eventDescription>
<ANPR><licensePlate>粤B12345</licensePlate><line>1</line><direction>forward</direction><confidenceLevel>97</confidenceLevel><plateType>92TypeCivil</plateType>
<plateColor>blue</plateColor><plateCharBelieve>99,99,98,97,99,99,96</plateCharBelieve><vehicleType>vehicle</vehicleType><alarmDataType>0</alarmDataType>
<pictureInfoList><pictureInfo><fileName>detectionPicture.jpg</fileName><type>detectionPicture</type><dataType>0</dataType></pictureInfo></pictureInfoList></ANPR>
<UUID>b6c0f7a2-0001</UUID><picNum>1</picNum></EventNotificationAlert>`;

export const HIK_BOUNDARY = '---------------------------7e13971310878';

export function hikForm(xml: string, pictures: readonly Uint8Array[]): Buffer {
  const head = (name: string, type: string): Buffer =>
    Buffer.from(
      `--${HIK_BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
    );
  return Buffer.concat([
    ...[head('anpr.xml', 'text/xml'), Buffer.from(`${xml}\r\n`)],
    ...pictures.flatMap((picture) => [head('detectionPicture.jpg', 'image/jpeg'), picture, Buffer.from('\r\n')]),
    Buffer.from(`--${HIK_BOUNDARY}--\r\n`),
  ]);
}
