"""The order in which the schema of WordprocessingML has the elements that we write.

Word is stricter about it than LibreOffice and python-docx.
"""

import io
import zipfile

from lxml import etree

ORDER_OF = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
    "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "sectPr": "headerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "settings": "writeProtection view zoom trackRevisions defaultTabStop autoHyphenation "
    "consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders "
    "characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr themeFontLang "
    "clrSchemeMapping shapeDefaults decimalSymbol listSeparator",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
}


def check_order(content: bytes, *, parts: str = "") -> None:
    """Every element in the order of the schema, in the parts whose names begin with ``parts``."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.startswith(f"word/{parts}") or not name.endswith(".xml"):
                continue
            for element in etree.fromstring(archive.read(name)).iter(etree.Element):
                order = ORDER_OF.get(etree.QName(element).localname, "").split()
                if not order:
                    continue
                # Headers and footers of a section may come in any order.
                found = [
                    etree.QName(child).localname.replace("footerRef", "headerRef")
                    for child in element
                ]
                places = [order.index(child) for child in found]
                assert places == sorted(places), f"{element.tag}: {found}"
