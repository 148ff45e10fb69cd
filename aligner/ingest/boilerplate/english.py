"""The English words by which furniture is known, in the folded form."""

from __future__ import annotations

from typing import Final

from aligner.ingest.boilerplate.cues import Cues

CUES: Final = Cues(
    interface="""
        subscribe subscribed subscriber subscribers subscription unsubscribe newsletter
        newsletters inbox login logout signin signup register username password passwords
        captcha cookie cookies javascript browser homepage sitemap rss feed permalink url
        website sidebar menu navbar breadcrumb toggle skip scroll navigation dropdown submit
        reset copyright disclaimer faq faqs advertisement advertisements advertise
        advertising sponsored promoted promo banner bookmark bookmarks clipboard pinterest
        reddit linkedin whatsapp messenger e-mail email tags tagged hashtag categories
        uncategorized archives trending recommended related popular comments comment reply
        replies repost retweet app apps android ios iphone podcast gallery slideshow
        thumbnail newsroom download preferences settings notifications unread logged loading
        webmaster byline print printer editorial topics posts previous next older newer
    """,
    address="""
        you your yours we our us my you'll you've you're we'll we're we've
    """,
    imperative="""
        share follow subscribe sign log read click leave download get join enter watch
        listen print send add view see skip go back search submit reply save copy accept
        contact register continue tap scan advertise donate support like tweet check try
        explore discover browse choose select learn show load close open allow enable manage
        stay receive create email tell visit find
    """,
    function="""
        the a an of to in on at by for from with as that which who whom whose this these
        those and or but not he she it they his her its their him them is are was were be
        been being has have had will would can could may might should did does do if when
        while because after before than then there into over about between against during
        under also so such no one two i
    """,
    telling="""
        said says told according added announced reported explained warned is are was were
        has have had will would did could noted stressed confirmed claimed stated wrote
        argued described called asked
    """,
    phrases=r"""
        (?:log|sign|logged|signed) ?(?:in|out|up)
        read (?:also|more|next|full|the full)
        (?:see|read|watch|listen) also
        also (?:read|see|on|in)
        check also
        all rights? reserved
        (?:privacy|cookie|cookies|editorial|refund) polic(?:y|ies)
        terms (?:of|and|&) \w+
        (?:about|contact|follow|join|support|email) us
        (?:app|play) store
        google play
        \d+[ -]?min(?:ute)?s?\.? read
        (?:time to read|reading time)
        (?:leave|post|add|write) (?:a|your) (?:\w+ )?\w+
        required fields?
        (?:related|more|latest|recent|featured|popular|trending) (?:\w+ )?(?:articles?|posts?|reads?)
        (?:related|more|latest|top|featured|popular|trending) (?:\w+ )?(?:stor(?:y|ies)|videos?)
        (?:related|more|latest|recent|top|featured) (?:news|topics?|coverage|content)
        (?:most|more) (?:read|viewed|popular|shared|commented|from|on this|in this)
        you (?:may|might) (?:also )?(?:like|enjoy|be interested)
        share (?:this|on|via|to|with|the)
        (?:filed|posted|published|written|edited|reported|compiled) (?:under|in|on|by|at)
        (?:last )?(?:updated|modified)(?: on| at|:)
        (?:photo|image|picture|video)s?(?: credit| by|:| courtesy)
        file photo
        editors?'?s? (?:picks?|choice|note)
        back to (?:top|home)
        (?:load|show|view|see|explore|discover) (?:more|all|less)
        click here
        (?:continue|keep|start) reading
        powered by
        no comments?
        \d+ (?:comments?|views?|shares?|likes?|replies)
        be the first to
        forgot(?:ten)? (?:your )?\w+
        (?:your )?e-?mail address
        (?:create|have|need) an? account
        (?:free|special|limited) (?:trial|offer|access)
        (?:main|primary|site) (?:menu|content|navigation)
        table of contents
        (?:previous|next|older|newer) (?:post|article|story|page|entry|entries)
        (?:copy|copied|short) ?(?:link|to clipboard)
        (?:enable|turn on|allow) \w*(?:notifications?|javascript|cookies)
        report (?:an? )?(?:error|typo|mistake|ad|problem)
        send (?:us )?(?:a )?(?:tip|feedback|correction)s?
        skip to \w+
        jump to
        tell us
        let us know
        thank you for (?:reading|subscribing|your)
        this (?:article|story|post|piece) (?:was|is|has|first|originally|appeared)
        article tags?
    """,
    labels=r"""
        by author authors writer editor editing reporting source sources tags? topics?
        keywords? category categories photo photograph image picture caption video audio
        credit read see watch also related more date published posted updated share follow
        contact e-?mail tel phone fax location section edition language views? comments?
        translated_by correction note
    """,
    byline=r"^\W*(?:by|from|written by|reporting by|story by|words by|text by)\s+\w",
)
