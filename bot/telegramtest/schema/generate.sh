#!/bin/sh
# Writes schema.json: a JSON Schema for the parameters of every Bot API method
# that the fake answers. Run it by hand when the Bot API version changes; it
# needs node and npm, works in a temporary folder and leaves nothing behind.
#
#   @gramio/types            10.3.1  (Bot API 10.3 of 24 August 2026), MIT
#   ts-json-schema-generator 2.9.0                                     MIT
#
# The types allow { toString() } and { toJSON() } where their own client would
# call them. No such object can be in a request, so those branches are removed.
# An uploaded file is a Blob in the types; here it is refused as a value, since
# the fake shows an upload to the schema as the text "attach://<field>".
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init -y >/dev/null
npm install --silent --no-fund --no-audit @gramio/types@10.3.1 ts-json-schema-generator@2.9.0

cat >methods.d.ts <<'TS'
import type * as P from "@gramio/types/params"
declare global { interface Blob { uploaded: never } }
interface None {}
export interface Methods {
  answerCallbackQuery: P.AnswerCallbackQueryParams
  deleteMessage: P.DeleteMessageParams
  deleteMessages: P.DeleteMessagesParams
  deleteWebhook: P.DeleteWebhookParams
  editMessageCaption: P.EditMessageCaptionParams
  editMessageMedia: P.EditMessageMediaParams
  editMessageReplyMarkup: P.EditMessageReplyMarkupParams
  editMessageText: P.EditMessageTextParams
  getChat: P.GetChatParams
  getMe: None
  getMyCommands: P.GetMyCommandsParams
  getMyDescription: P.GetMyDescriptionParams
  getMyName: P.GetMyNameParams
  getMyShortDescription: P.GetMyShortDescriptionParams
  getUpdates: P.GetUpdatesParams
  getWebhookInfo: None
  leaveChat: P.LeaveChatParams
  sendChatAction: P.SendChatActionParams
  sendMessage: P.SendMessageParams
  sendPhoto: P.SendPhotoParams
  setMyCommands: P.SetMyCommandsParams
  setMyDescription: P.SetMyDescriptionParams
  setMyName: P.SetMyNameParams
  setMyShortDescription: P.SetMyShortDescriptionParams
  setWebhook: P.SetWebhookParams
}
TS
cat >tsconfig.json <<'JSON'
{"compilerOptions": {"lib": ["es2020"], "types": [], "module": "nodenext",
 "moduleResolution": "nodenext", "strict": true}, "files": ["methods.d.ts"]}
JSON
npx ts-json-schema-generator --path methods.d.ts --tsconfig tsconfig.json \
	--type Methods --no-type-check --jsDoc none -o raw.json

cat >tidy.mjs <<'JS'
import fs from "fs"
const callable = (b) => b.properties && (Object.keys(b.properties).some((k) => k === "toString" || k === "toJSON"))
function tidy(x) {
  if (Array.isArray(x)) return x.map(tidy)
  if (x === null || typeof x !== "object") return x
  if (x.anyOf) {
    const kept = x.anyOf.filter((b) => !callable(b))
    const { anyOf, ...rest } = x
    if (kept.length === 1) return tidy({ ...rest, ...kept[0] })
    x = { ...rest, anyOf: kept }
  }
  return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, tidy(v)]))
}
const out = tidy(JSON.parse(fs.readFileSync("raw.json", "utf8")))
const comment = "From npm @gramio/types 10.3.1 (MIT, see LICENSE) by generate.sh; do not edit."
fs.writeFileSync(process.argv[2], JSON.stringify({ $comment: comment, ...out }, null, 1) + "\n")
JS
node tidy.mjs "$here/schema.json"
cp node_modules/@gramio/types/LICENSE "$here/LICENSE"
