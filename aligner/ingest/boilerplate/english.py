"""The English words by which furniture is known, in the folded form."""

from __future__ import annotations

from typing import Final

from aligner.ingest.boilerplate.cues import Cues

CUES: Final = Cues(
    interface="""
        accessibility adchoices advertise advertisement advertisements advertising affiliate
        android app apps archives audio autoplay banner bookmark bookmarks breadcrumb browser
        byline captcha categories channel clipboard collapse collections comment comments
        consent cookie cookies copyright crossword customize disclaimer discount download
        dropdown e-mail editorial email embed expand facebook faq faqs favorites favourites feed
        feedback fields filter flipboard follow followers gallery gdpr giveaway google hashtag
        hide homepage horoscope hosted hotline icon inbox instagram ios iphone issn javascript
        keyword keywords licensing link linkedin links listen loading logged login logo logout
        membership menu messenger navbar navigation newer newsletter newsletters newsroom next
        notifications notify older opt optional outbrain overlay password passwords
        paywall permalink pinterest player playlist podcast poll popular popup posts preferences
        premium previous print printer privacy promo promoted purchase recaptcha receive
        recommended reddit refresh register related reload replies reply repost reprints
        republish required reset retweet rss screenshot scroll settings share shares sharing
        shop sidebar signin signup sitemap skip slide slides slideshow snapchat spam sponsored
        spotify stay store stories submission submit subscribe subscribed subscriber subscribers
        subscription subtitles swipe syndication taboola tagged tags telegram template text-size
        thread threads thumbnail tiktok tip tips toggle topic topics transcript translate
        trending trial tweet tweets twitter typo uncategorized unlimited unlock unread
        unsubscribe updates upload url user username users view viewed viewers views visit
        visitor visitors vote votes voting web webinar webmaster website whatsapp widget
        wordpress youtube zoom
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
        related(?= ?[:|])
        (?:gift|unlock|reprint|republish|translate|embed) this \w+
        (?:our|top|must) (?:picks?|stories|reads?|reading)
        what to (?:read|watch|know) (?:next|now|today)
        (?:show|hide|view|see|read|all) (?:\w+ )?(?:comments?|replies|details)
        (?:show|hide|view|see|read|all) (?:\w+ )?(?:options|caption|transcript)
        join (?:the|our|us|over|more|thousands) ?(?:\w+)?
        (?:got|have) (?:a|any) (?:tip|story|question|correction|complaint|feedback)s?
        (?:code of ethics|ethics policy|editorial standards|corrections?|accessibility statement)
        (?:also )?available (?:this )?(?:\w+ )?in (?:arabic|english|french)
        (?:also )?(?:read|watch) (?:this )?(?:\w+ )?(?:in|on) (?:arabic|english|apple|spotify)
        (?:page|slide|image|photo|part) \d+ (?:of|/) ?\d+
        (?:free|remaining) articles?
        (?:for|to) (?:our )?(?:subscribers|members|registered users)(?: only)?
        (?:start|try|get|claim) (?:your|a|it|one) (?:free )?\w+
        something went wrong
        (?:please )?(?:try again|check your|enter a valid|wait a moment)
        (?:thanks|thank you) for \w+
        (?:does|do) not support
        (?:additional )?reporting by
        (?:with|and|from) (?:input from )?(?:news )?(?:agencies|wires)
        this (?:story|article|page|post|report) (?:has been|was|will be) (?:updated|corrected)
        this (?:story|article|page|post|report) (?:has been|was|will be) (?:edited|published)
        (?:developing|breaking) (?:story|news)
        editor'?s? note
        (?:opens|open) in (?:a )?new (?:window|tab)
        (?:leave|cast|add|submit) your \w+
        rate (?:this|it)
        (?:stay|keep) (?:tuned|informed|connected|updated|up to date|in touch|logged in|signed in)
        (?:web|website|site) (?:design|development|by|map)
        (?:strictly )?necessary cookies
        (?:learn|find out|discover) more
        (?:got it|no thanks|not now|maybe later|i agree|agree|accept|decline|dismiss|close)
        (?:our|your) (?:privacy|data|cookies?|partners)
        (?:our|your) (?:choices|preferences|account|inbox|subscription)
        (?:delivered|straight|sent) (?:right |directly |straight )?to your
        (?:unsubscribe|opt out|cancel) (?:at )?any ?time
        (?:your|this) (?:link|session|password|request|browser|comment|profile|vote|account)
        (?:is|are) not responsible for
        do not (?:necessarily )?(?:reflect|represent) the
        (?:opinions?|views?) (?:expressed|of (?:the|its|their) authors?)
        (?:on|via|through|in) (?:facebook|twitter|whatsapp|telegram)
        (?:on|via|through|in) (?:instagram|youtube|google news|linkedin)
        (?:without|with) (?:prior )?(?:written )?permission
        (?:is|are) an? (?:\w+ )?(?:journalist|reporter|correspondent|writer)
        (?:is|are) an? (?:\w+ )?(?:editor|contributor|columnist|producer)
        in (?:pictures|photos|brief|video|numbers)
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
        (?:related|more|latest) (?:\w+ )?(?:articles?|posts?|reads?)
        (?:recent|featured|popular|trending) (?:\w+ )?(?:articles?|posts?|reads?)
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
