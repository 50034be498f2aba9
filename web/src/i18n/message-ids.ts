import type audience from '../audience/messages/en.json';
import type campaigns from '../campaigns/messages/en.json';
import type contacts from '../contacts/messages/en.json';
import type frame from '../frame/messages/en.json';
import type imports from '../imports/messages/en.json';
import type optOuts from '../opt-outs/messages/en.json';
import type phoneNumbers from '../phone-numbers/messages/en.json';
import type products from '../products/messages/en.json';
import type segments from '../segments/messages/en.json';
import type settings from '../settings/messages/en.json';
import type signIn from '../sign-in/messages/en.json';
import type templates from '../templates/messages/en.json';
import type ui from '../ui/messages/en.json';

/** The ids of all texts. A folder with texts of its own has a line here. */
export type MessageId = keyof (typeof audience &
  typeof campaigns &
  typeof contacts &
  typeof frame &
  typeof imports &
  typeof optOuts &
  typeof phoneNumbers &
  typeof products &
  typeof segments &
  typeof settings &
  typeof signIn &
  typeof templates &
  typeof ui);

declare global {
  // The name that react-intl looks for.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace FormatjsIntl {
    interface Message {
      ids: MessageId;
    }
  }
}
