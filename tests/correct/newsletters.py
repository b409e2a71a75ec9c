"""Newsletters in the layouts that people send, as short as they go."""

from sendguard.read.mjml.build import compile_mjml

STORY = "<p>A tree of two hundred years stands in the yard, and <a href='https://e.org/t'>grows</a>.</p>"
MJML = compile_mjml(
    f"""<mjml><mj-head><mj-preview>Trees and ships of May</mj-preview></mj-head>
    <mj-body background-color="#eeeeee" width="640px">
    <mj-section background-color="#ffffff"><mj-column><mj-text>{STORY}</mj-text></mj-column>
    </mj-section><mj-section><mj-column><mj-text>Bye</mj-text></mj-column></mj-section>
    </mj-body></mjml>""",
    {},
)
TABLE = f"""<!doctype html><html lang="en"><head><title>Trees</title></head>
<body style="margin:0;background:#cccccc"><table width="100%" cellpadding="0"><tr>
<td align="center" style="padding:10px">
<table width="600" style="width:100%;max-width:600px;background:#fff"><tr><td>{STORY}</td></tr>
<tr><td>Bye</td></tr></table></td></tr></table></body></html>"""
NO_TABLE = f"""<!doctype html><html><body>
<h1>Trees</h1>{STORY}<p>Bye</p></body></html>"""
STYLED = f"""<html><head><style>.main {{ max-width: 580px; margin: 0 auto }}
@media (max-width: 400px) {{ .main {{ max-width: 100px }} }}
p, div, td, a {{ color: #fff !important; background-color: #000 }}</style></head>
<body class="dark"><span class="pre" style="display:none">Trees of May</span>
<div class="main"><h1>Trees</h1>{STORY}</div></body></html>"""
LEFT = f"""<body><table width="600" cellpadding="0"><tr><td>{STORY}</td><td>b</td></tr>
</table></body>"""
RIGHT_TO_LEFT = f"""<html dir="rtl" lang="he"><body>
<table align="center" width="600"><tr><td>שלום</td></tr><tr><td>{STORY}</td></tr>
</table></body></html>"""
FRAGMENT = f"<h2>Trees</h2>{STORY}"
WORDS = "Only words, and https://example.org/trees."
