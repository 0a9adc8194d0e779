import { messages } from "../../../provider/csv/messages";
import type { Examples } from "./examples";

export const CSV: Examples<typeof messages> = {
  csvInvalid: messages.csvInvalid("partners.csv", [
    'partners.csv, line 3, column Offer ID: must be a CAKE offer ID such as 12345, or 0 for all offers, found "1.5"',
  ]),
};
