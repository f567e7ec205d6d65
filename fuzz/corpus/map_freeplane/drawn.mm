<map version="freeplane 1.9.13">
<attribute_registry SHOW_ATTRIBUTES="selected"/>
<node TEXT="PG Cyber" ID="ID_1"><hook NAME="MapStyle"><map_styles><stylenode TEXT="x"/></map_styles></hook>
<font BOLD="true"/>
<node ID="ID_2" FOLDED="true" POSITION="right" LINK="https://example.org/a" COLOR="#ff0000">
<richcontent TYPE="NODE"><html><head/><body>
    <p>
      Noise-robust <b>speech</b>
      recognition
    </p>
</body></html></richcontent>
<richcontent TYPE="NOTE"><html><body><p>First</p><ul><li>one</li><li>two</li></ul></body></html></richcontent>
<icon BUILTIN="flag"/><icon BUILTIN="idea"/>
<node TEXT="Second line&#xa;below" ID="ID_3"><arrowlink DESTINATION="ID_4"/></node>
</node>
<node TEXT="B" ID="ID_4" LINK="#ID_2"><attribute NAME="owner" VALUE="nobody"/><arrowlink DESTINATION="ID_9"/></node>
</node></map>