import { QRCode } from 'antd';

/** The code as large as a phone across the window needs it; on grey instead of white by night, and readable all the same. */
export function QrImage({ text, label }: { text: string; label: string }) {
  return (
    <div className="pay-code" role="img" aria-label={label}>
      <div aria-hidden="true">
        <QRCode
          value={text}
          type="svg"
          size={232}
          bordered={false}
          color="#000000"
          bgColor="transparent"
          errorLevel="M"
        />
      </div>
    </div>
  );
}
