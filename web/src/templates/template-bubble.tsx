import { Bubble } from '../campaigns/new/bubble';
import { messageFor } from '../campaigns/new/message';
import { useFormat } from '../format/use-format';
import { useNow } from '../format/use-now';
import { useBusiness } from '../frame/business';

interface Props {
  components: unknown;
  /** WhatsApp's code. */
  language: string;
  /** What stands in place of the variables, by key: `body.1`. The others stand as `{{1}}`. */
  examples?: Readonly<Record<string, string>>;
}

const nobody = { name: '', phone: '', email: null };

/** A template as it looks on the phone of who gets it. */
export function TemplateBubble({ components, language, examples = {} }: Props) {
  const format = useFormat();
  const now = useNow(30_000);
  const { timezone } = useBusiness();
  return (
    <Bubble
      message={messageFor({ components }, examples, nobody)}
      language={language}
      time={format.clockTime(now, timezone)}
    />
  );
}
