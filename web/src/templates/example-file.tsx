import { useText } from '../i18n/text';
import { FileButton } from '../media/file-button';
import type { MediaKind } from '../media/kinds';
import { useFileChoice } from '../media/use-file-choice';

interface Props {
  kind: MediaKind;
  /** The name of the file that is kept; empty before. */
  fileName: string;
  wrong: string | undefined;
  change: (kept: { mediaId: string; fileName: string }) => void;
}

/** A file that shows WhatsApp what a header looks like. */
export function ExampleFile({ kind, fileName, wrong, change }: Props) {
  const say = useText();
  const choice = useFileChoice(kind, (mediaId, { name }) => change({ mediaId, fileName: name }));
  return (
    <FileButton
      kind={kind}
      choice={choice}
      label={say('templates.mediaExample')}
      limits={say('templates.mediaWords', { kind })}
      has={fileName !== ''}
      fileName={fileName}
      wrong={wrong}
    />
  );
}
