// A program: sends what its standard input says with nodemailer, and prints what came of each message.
//
// In: {"transport": as nodemailer has it, "messages": as nodemailer has them}; a message's `raw` is in
// base64. Out: [[code, reply], …].
const nodemailer = require("/usr/share/nodejs/nodemailer");

const told = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const transport = nodemailer.createTransport({ host: "127.0.0.1", ...told.transport });

async function send({ raw, ...message }) {
  try {
    const whole = raw ? { ...message, raw: Buffer.from(raw, "base64") } : message;
    const { response } = await transport.sendMail(whole);
    return [Number(response.slice(0, 3)), response.slice(4)];
  } catch (error) {
    return [error.responseCode ?? 0, String(error.response ?? error.message).slice(4)];
  }
}

Promise.all(told.messages.map(send)).then((answers) => {
  transport.close();
  console.log(JSON.stringify(answers));
});
